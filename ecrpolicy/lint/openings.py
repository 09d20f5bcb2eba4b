"""Where the values of conditions are left open: at wildcards, and at variables.

IAM User Guide, "AWS global condition context keys", "Sensitive condition keys": of these keys, no
part is to be left open.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ecrpolicy.iam.operators import Operator
from ecrpolicy.lint.condition_keys import global_key
from ecrpolicy.lint.policy import Statement

LEAST_HEAD: Final = 6
"""So many characters before an opening are more than a stranger can choose."""

_WILDCARDS: Final = re.compile(r"[*?]+")
_OPENINGS: Final = re.compile(r"\$\{(?P<key>[^}]*)\}|[*?]+")
_LITERALS: Final = ("*", "?", "$")
_SUBJECT: Final = ":sub"
_TOLD_APART_BY_HEAD: Final = frozenset(
    (
        "aws:userid",
        "aws:principalorgpaths",
        "aws:resourceorgpaths",
        "aws:sourceorgpaths",
        "aws:vpceorgpaths",
    )
)


class Opening(NamedTuple):
    """Wildcards in a row, or a variable, with the length of the plain text right before it."""

    text: str
    offset: int
    head: int

    @property
    def is_variable(self) -> bool:
        """Whether it is a variable."""
        return self.text.startswith("${")


def openings(text: str, *, knows_variables: bool) -> Iterator[Opening]:
    """The openings of a value.

    A variable that AWS itself fills with the id of an account, an organization, a VPC or an
    endpoint leaves nothing open.

    >>> list(openings("repo:*/app@${aws:username}", knows_variables=True))
    [Opening(text='*', offset=5, head=5), Opening(text='${aws:username}', offset=11, head=5)]
    """
    start, extra = 0, 0
    for found in (_OPENINGS if knows_variables else _WILDCARDS).finditer(text):
        key = found["key"] if knows_variables else None
        if key is None or not _is_plain(key):
            yield Opening(found[0], found.start(), found.start() - start + extra)
            start, extra = found.end(), 0
        elif key in _LITERALS:
            extra += 1 - len(found[0])


def is_sensitive(key: str) -> bool:
    """Whether the guide calls a key sensitive."""
    found = global_key(key)
    return found is not None and found.is_sensitive


def needs_head(key: str) -> bool:
    """Whether the beginning of a key's values tells whose they are; the key is in lower case."""
    return key in _TOLD_APART_BY_HEAD or key.endswith(_SUBJECT)


def narrows(statement: Statement, operator: Operator) -> bool:
    """Whether what meets the values of a condition is let through, by an allow or by a deny."""
    return statement.denies if operator.is_negated else statement.allows


def _is_plain(key: str) -> bool:
    name = key.partition(",")[0].strip()
    return name in _LITERALS or is_sensitive(name)
