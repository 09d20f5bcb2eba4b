"""A service for the tests of a file, and clients of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zlib import crc32

import pytest

from tests.registry.serving import ADMIN, Serving, serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One service for all tests of a file: each takes repositories of its own."""
    with serving(tmp_path_factory.mktemp("shared")) as started:
        yield started


@pytest.fixture
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A service of the test's own, with nothing in it."""
    with serving(tmp_path_factory.mktemp("alone")) as started:
        yield started


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """The name of a repository that no other test of the file has."""
    return f"test/{request.node.originalname.replace('_', '-')}/{crc32(request.node.name.encode())}"


@pytest.fixture(scope="module")
def ecr(shared: Serving) -> "ECRClient":
    """The shared service, as somebody sees it who may do everything."""
    return shared.ecr(ADMIN)


@pytest.fixture
def repository(ecr: "ECRClient", name: str) -> str:
    """The name of an empty repository of the shared service."""
    ecr.create_repository(repositoryName=name)
    return name
