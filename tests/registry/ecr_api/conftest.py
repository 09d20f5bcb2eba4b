"""Registries for tests that set what a whole registry has."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import pytest

from ecrpolicy.regions import PARTITIONS
from tests.registry.serving import Serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

_REGIONS: Final = tuple(
    region
    for region, partition in PARTITIONS.items()
    if partition == "aws" and "east" not in region
)


@pytest.fixture(scope="module")
def regions() -> Iterator[str]:
    """Regions, each once in a file."""
    return iter(_REGIONS)


@pytest.fixture
def registry(shared: Serving, regions: Iterator[str]) -> "ECRClient":
    """A registry of the test's own: in a Region that no other test of the file has."""
    return shared.ecr(region=next(regions))
