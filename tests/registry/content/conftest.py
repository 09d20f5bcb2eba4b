import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.service import Service
from tests.registry.content.service import make_repository, open_content

_MEMORY = Path("/dev/shm")


@pytest.fixture
def data() -> Iterator[Path]:
    """An empty directory, in memory where there is some: each push is synced several times."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as made:
        yield Path(made)


@pytest.fixture
def service(data: Path) -> Iterator[Service]:
    """A service on an empty directory."""
    opened = open_content(data)
    yield opened
    opened.database.close()


@pytest.fixture
def web(service: Service) -> StoredRepository:
    """The repository `web`, whose tags may move."""
    return make_repository(service)
