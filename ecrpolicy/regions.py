"""The Regions of AWS and their partitions, as data.

Taken from the endpoints that botocore 1.44 knows; a test holds this table against the installed
one, so that a new Region is noticed. What the documents say of single Regions stands below.
"""

from difflib import get_close_matches
from typing import Final

_NAMES: Final = {
    "aws": (
        "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 "
        "ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 "
        "ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 "
        "eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 "
        "me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 us-east-2 "
        "us-west-1 us-west-2"
    ),
    "aws-cn": "cn-north-1 cn-northwest-1",
    "aws-eusc": "eusc-de-east-1",
    "aws-iso": "us-iso-east-1 us-iso-west-1",
    "aws-iso-b": "us-isob-east-1 us-isob-west-1",
    "aws-iso-e": "eu-isoe-west-1",
    "aws-iso-f": "us-isof-east-1 us-isof-south-1",
    "aws-us-gov": "us-gov-east-1 us-gov-west-1",
}

PARTITIONS: Final = {
    region: partition for partition, names in _NAMES.items() for region in names.split()
}
"""The partition of each Region."""


def partition_of(region: str) -> str | None:
    """The partition of a Region, None where no Region has that name.

    >>> partition_of("cn-north-1"), partition_of("us-east-9")
    ('aws-cn', None)
    """
    return PARTITIONS.get(region)


ENABLED_BY_DEFAULT: Final = frozenset(
    (
        *("ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1"),
        *("ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2"),
        *("eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"),
    )
)
"""The Regions of the partition `aws` that every account has (AWS Account Management Reference
Guide, "Enable or disable AWS Regions in your account"). Newer ones must be opted in to."""

WITHOUT_CACHE_RULES: Final = frozenset(
    ("cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1")
)
"""Regions in which cache rules cannot be made (Amazon ECR User Guide, "Considerations for using
pull through cache rules"; the same in 2023 and in 2026)."""

WITHOUT_INSPECTOR: Final = frozenset(
    (
        *("ap-southeast-6", "eu-isoe-west-1", "eusc-de-east-1", "me-west-1", "sa-west-1"),
        *("us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isob-west-1"),
        *("us-isof-east-1", "us-isof-south-1"),
    )
)
"""Regions for which botocore 1.44 has no endpoint of Amazon Inspector. Enhanced scanning is there
where Amazon Inspector is (Amazon ECR User Guide, "Considerations for enhanced scanning"); the list
of the guide of 2023, such as `me-central-1`, no longer holds."""


def is_opt_in(region: str) -> bool:
    """Whether an account has a Region only after it has opted in to it.

    >>> is_opt_in("eu-south-2"), is_opt_in("eu-west-1"), is_opt_in("cn-north-1")
    (True, False, False)
    """
    return partition_of(region) == "aws" and region not in ENABLED_BY_DEFAULT


def advice(region: str) -> str:
    """What to write in place of a Region that nobody knows.

    >>> advice("EU-WEST-1"), advice("mars")
    ('write `eu-west-1`', 'write one such as `eu-west-1`')
    """
    close = get_close_matches(region.lower(), PARTITIONS, n=1)
    return f"write `{close[0]}`" if close else "write one such as `eu-west-1`"
