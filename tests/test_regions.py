"""The Regions, against those that botocore knows."""

import re

import botocore.loaders
import pytest

from ecrpolicy.regions import PARTITIONS, partition_of


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
