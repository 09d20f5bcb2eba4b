"""What requests that an AWS service makes for itself do not have.

IAM User Guide, "AWS global condition context keys": the availability of each key.
"""

from typing import Final

_TAG: Final = "aws:principaltag/"
_KEYS: Final = frozenset(
    (
        "aws:federatedprovider",
        "aws:multifactorauthage",
        "aws:multifactorauthpresent",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceidentity",
        "aws:username",
    )
)


def is_of_identities(key: str) -> bool:
    """Whether only requests of identities have a key, which is given in lower case.

    >>> is_of_identities("aws:principaltag/team"), is_of_identities("aws:sourceaccount")
    (True, False)
    """
    return key in _KEYS or key.startswith(_TAG)
