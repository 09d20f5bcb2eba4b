"""What the values of the global context keys look like.

IAM User Guide, "AWS global condition context keys": the "Data type" and "Value type" of each key.
"""

from enum import StrEnum
from typing import Final


class KeyType(StrEnum):
    """The data types of context keys; what is not known otherwise is text."""

    TEXT = "String"
    BOOL = "Boolean"
    DATE = "Date"
    NUMBER = "Numeric"
    ADDRESS = "IP address"
    ARN = "ARN"
    ACCOUNT = "the id of an account"
    REGION = "the name of a Region"


CURRENT_TIME: Final = "aws:currenttime"
EPOCH_TIME: Final = "aws:epochtime"
REQUESTED_REGION: Final = "aws:requestedregion"

_TYPES: Final = {
    REQUESTED_REGION: KeyType.REGION,
    "aws:securetransport": KeyType.BOOL,
    "aws:multifactorauthpresent": KeyType.BOOL,
    "aws:viaawsservice": KeyType.BOOL,
    CURRENT_TIME: KeyType.DATE,
    EPOCH_TIME: KeyType.DATE,
    "aws:tokenissuetime": KeyType.DATE,
    "aws:multifactorauthage": KeyType.NUMBER,
    "aws:sourceip": KeyType.ADDRESS,
    "aws:vpcsourceip": KeyType.ADDRESS,
    "aws:ec2instancesourceprivateipv4": KeyType.ADDRESS,
    "aws:sourcearn": KeyType.ARN,
    "aws:sourceaccount": KeyType.ACCOUNT,
    "aws:vpceaccount": KeyType.ACCOUNT,
}
_MULTIVALUED: Final = frozenset(
    (
        "aws:calledvia",
        "aws:principalorgpaths",
        "aws:principalservicenameslist",
        "aws:resourceorgpaths",
        "aws:sourceorgpaths",
        "aws:tagkeys",
        "aws:vpceorgpaths",
    )
)
_TAGS: Final = ("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/")


def type_of(key: str) -> KeyType:
    """The type of a key, which is in lower case.

    >>> type_of("aws:sourceip").value, type_of("aws:sourcevpc").value
    ('IP address', 'String')
    """
    return _TYPES.get(key, KeyType.TEXT)


def canonical(key: str) -> str:
    """A key in lower case; tags of a resource have two names.

    >>> canonical("ecr:ResourceTag/Team"), canonical("aws:SourceIp")
    ('aws:resourcetag/team', 'aws:sourceip')
    """
    lower = key.lower()
    service, is_tag_of_resource, name = lower.partition(":resourcetag/")
    if is_tag_of_resource and service in ("ecr", "ecr-public"):
        return f"aws:resourcetag/{name}"
    return lower


def is_tag(key: str) -> bool:
    """Whether a key is that of one tag, whose value may be empty."""
    return key.startswith(_TAGS)


def is_multivalued(key: str) -> bool:
    """Whether a key has several values whatever the operators of its conditions are."""
    return key in _MULTIVALUED


def is_single(key: str) -> bool:
    """Whether a key is known to have one value only."""
    return key in _TYPES or is_tag(key)
