"""What stands in a document in place of a value that nobody knows yet.

Terraform computes values when it applies, CloudFormation when it deploys: their readers put
`UNKNOWN` there. In an array it stands for any number of elements, in place of an object for any
members. Nobody guesses at it: what is said of a document must hold whatever comes to stand there.
"""

from enum import Enum
from typing import Any, Final


class Unknown(Enum):
    """The type of `UNKNOWN`, so that type checkers tell it from values of JSON."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return self.name


UNKNOWN: Final = Unknown.UNKNOWN
"""The value that nobody knows yet."""


def is_known(value: Any) -> bool:
    """Whether nothing in a value is unknown.

    >>> is_known({"Action": ["ecr:*"]}), is_known({"Action": ["ecr:*", UNKNOWN]})
    (True, False)
    """
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if found is UNKNOWN:
            return False
        if isinstance(found, dict):
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)
    return True
