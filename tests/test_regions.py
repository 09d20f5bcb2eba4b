"""The Regions, against those that botocore knows."""

import re

import botocore.loaders
import botocore.session
import pytest

from ecrpolicy.regions import (
    ENABLED_BY_DEFAULT,
    PARTITIONS,
    WITHOUT_CACHE_RULES,
    WITHOUT_INSPECTOR,
    is_opt_in,
    partition_of,
)


def _known() -> dict[str, str]:
    """The partition of each Region that the installed botocore knows, without `aws-global`."""
    partitions = botocore.loaders.Loader().load_data("partitions")["partitions"]
    return {
        region: partition["id"]
        for partition in partitions
        for region in partition["regions"]
        if re.fullmatch(partition["regionRegex"], region)
    }


def test_the_regions_are_those_that_botocore_knows() -> None:
    assert _known() == PARTITIONS


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("us-west-2", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-east-1", "aws-us-gov"),
        ("us-iso-east-1", "aws-iso"),
        ("us-east-9", None),
        ("US-EAST-1", None),
        ("aws-global", None),
        ("", None),
    ],
)
def test_a_region_is_in_one_partition(region: str, partition: str | None) -> None:
    assert partition_of(region) == partition


def test_the_regions_without_amazon_inspector_are_those_that_botocore_has_no_endpoint_of() -> None:
    session = botocore.session.get_session()
    served = {
        region
        for partition in set(PARTITIONS.values())
        for region in session.get_available_regions("inspector2", partition_name=partition)
    }
    assert set(PARTITIONS) - served == WITHOUT_INSPECTOR


def test_what_is_said_of_single_regions_is_said_of_regions() -> None:
    assert set(PARTITIONS) >= WITHOUT_CACHE_RULES | WITHOUT_INSPECTOR
    assert {PARTITIONS[each] for each in ENABLED_BY_DEFAULT} == {"aws"}
    assert len(ENABLED_BY_DEFAULT) == 17


@pytest.mark.parametrize(
    ("region", "opt_in"),
    [
        ("us-east-1", False),
        ("ap-northeast-3", False),
        ("af-south-1", True),
        ("me-south-1", True),
        ("us-gov-west-1", False),
        ("us-east-9", False),
    ],
)
def test_newer_regions_of_the_partition_aws_are_opted_in_to(region: str, *, opt_in: bool) -> None:
    assert is_opt_in(region) is opt_in
