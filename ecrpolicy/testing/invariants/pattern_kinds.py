"""The texts that IAM patterns tell apart."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ecrpolicy.iam.patterns import matcher
from ecrpolicy.pattern_walk import Item, Wild
from ecrpolicy.testing.invariants.text_kinds import TextKinds

# ARNs and values of context keys are longer than tags; patterns that need more are not seen.
_LONGEST: Final = 512

_WILDCARDS: Final = {"*": Wild.ANY, "?": Wild.ONE}


def kinds(patterns: Iterable[str], literals: Iterable[str] = ()) -> TextKinds:
    """The kinds of texts that patterns, and texts in which wildcards are characters, tell apart."""
    items: list[Iterable[Item]] = [tuple(_items(each)) for each in dict.fromkeys(patterns)]
    return TextKinds([*items, *dict.fromkeys(literals)], _LONGEST)


def same_kind(one: str, other: str, patterns: Iterable[str], literals: Iterable[str] = ()) -> bool:
    """Whether two texts meet the same of some patterns and literals."""
    if any((one == each) is not (other == each) for each in literals):
        return False
    return all(matches(one) is matches(other) for matches in map(matcher, patterns))


def with_names(text: str) -> str:
    """A path without empty names.

    >>> with_names("role//x"), with_names("user/a/")
    ('role/x/x', 'user/a/x')
    """
    return re.sub(r"/(?=/|$)", "/x", text)


def _items(pattern: str) -> Iterator[Item]:
    for character in pattern:
        yield _WILDCARDS.get(character, character)
