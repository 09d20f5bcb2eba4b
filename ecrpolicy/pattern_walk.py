"""Patterns read at once, character by character: how far a text has come in each of them."""

from collections.abc import Iterable
from enum import Enum
from functools import cache
from itertools import count


class Wild(Enum):
    """What a wildcard of a pattern stands for."""

    ANY = "any characters"
    ONE = "one character"


Item = str | Wild
"""One part of a pattern: a character, or a wildcard."""

Places = tuple[int, ...]
"""The places in each pattern up to which a text can have come, as bits."""


class PatternWalk:
    """The steps that texts take through some patterns.

    >>> walk = PatternWalk([("v", Wild.ANY), "v1"])
    >>> v = walk.after(walk.start, "v")
    >>> walk.awaited(v), bin(walk.met(v)), bin(walk.met(walk.after(v, "1")))
    (['1'], '0b1', '0b11')
    """

    def __init__(self, patterns: Iterable[Iterable[Item]]) -> None:
        self._items = [tuple(pattern) for pattern in patterns]
        self._step = cache(self._stepped)
        self._awaited = cache(self._awaited_in)
        self.start: Places = tuple(self._closed(at, 1) for at in range(len(self._items)))

    @property
    def characters(self) -> frozenset[str]:
        """All characters that stand in the patterns."""
        return frozenset(each for items in self._items for each in items if isinstance(each, str))

    def after(self, places: Places, character: str) -> Places:
        """The places after one more character."""
        return tuple(self._step(at, each, character) for at, each in enumerate(places))

    def met(self, places: Places) -> int:
        """The patterns that are met where a text ends here, as bits."""
        return sum(1 << at for at, each in enumerate(places) if each >> len(self._items[at]) & 1)

    def awaited(self, places: Places) -> list[str]:
        """The characters that make a difference here; all others lead to the same places."""
        return sorted(set().union(*map(self._awaited, count(), places)))

    def _awaited_in(self, at: int, places: int) -> frozenset[str]:
        return frozenset(
            item
            for number, item in enumerate(self._items[at])
            if isinstance(item, str) and places >> number & 1
        )

    def _stepped(self, at: int, places: int, character: str) -> int:
        after = 0
        for number, item in enumerate(self._items[at]):
            if places >> number & 1:
                if item is Wild.ANY:
                    after |= 1 << number
                elif item is Wild.ONE or item == character:
                    after |= 1 << number + 1
        return self._closed(at, after)

    def _closed(self, at: int, places: int) -> int:
        """The places with those behind wildcards, which may stand for nothing."""
        for number, item in enumerate(self._items[at]):
            if item is Wild.ANY and places >> number & 1:
                places |= 1 << number + 1
        return places
