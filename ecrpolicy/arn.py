"""ARN fields (IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)")."""

from typing import NamedTuple

_FIELDS = 6


class Arn(NamedTuple):
    """The fields of an ARN behind the leading `arn`; the last one may hold colons."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    @classmethod
    def read(cls, text: str) -> "Arn | None":
        """The fields of a text, None where it is no ARN.

        >>> Arn.read("arn:aws:ecr:us-east-1:111122223333:repository/a").account
        '111122223333'
        >>> Arn.read("arn:aws:ecr") is None
        True
        """
        fields = text.split(":", _FIELDS - 1)
        if len(fields) != _FIELDS or fields[0] != "arn":
            return None
        return cls(*fields[1:])

    def __str__(self) -> str:
        return ":".join(("arn", *self))


def is_account(text: str) -> bool:
    """Whether the text is the id of an account: twelve digits.

    >>> is_account("111122223333"), is_account("11112222333")
    (True, False)
    """
    return len(text) == 12 and text.isascii() and text.isdecimal()
