"""The shortest texts that tell some patterns apart.

All patterns are read at once, character by character, each with the set of places in it up to
which a text can have come. What no pattern tells apart is tried once.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cache
from typing import Final

# Sets of places that are looked at: more than any policy seen so far has, by far.
_MAX_STATES: Final = 20_000

_FILLERS: Final = "x0az_-.bcdefghijklmnopqrstuvwy"


class Wild(Enum):
    """What a wildcard of a pattern stands for."""

    ANY = "any characters"
    ONE = "one character"


# One part of a pattern: a character, or a wildcard.
Item = str | Wild


class TextKinds:
    """The kinds of texts that patterns tell apart: the patterns that each meets, as bits.

    `texts` has the shortest text of each kind, but for that of no characters. `is_complete`: there
    is no other kind of texts of at most so many characters.
    """

    def __init__(self, patterns: Iterable[Iterable[Item]], longest: int) -> None:
        self.texts: dict[int, str] = {}
        self.is_complete = True
        self._longest = longest
        self._items = [tuple(pattern) for pattern in patterns]
        characters = {item for items in self._items for item in items if isinstance(item, str)}
        self._filler = next(each for each in _others() if each not in characters)
        self._step = cache(self._stepped)
        self._search()

    def _search(self) -> None:
        start = tuple(self._closed(index, 1) for index in range(len(self._items)))
        seen = {start}
        waiting = deque([(start, "")])
        while waiting:
            state, text = waiting.popleft()
            if len(text) == self._longest:
                continue
            for character in self._next(state):
                after = tuple(self._step(at, places, character) for at, places in enumerate(state))
                self.texts.setdefault(self._kind(after), text + character)
                if after not in seen:
                    if len(seen) == _MAX_STATES:
                        self.is_complete = False
                        return
                    seen.add(after)
                    waiting.append((after, text + character))

    def _kind(self, state: Sequence[int]) -> int:
        """The patterns that are met where a text ends here."""
        return sum(
            1 << index
            for index, places in enumerate(state)
            if places >> len(self._items[index]) & 1
        )

    def _next(self, state: Sequence[int]) -> list[str]:
        """One character that stands for all others, and those that make a difference."""
        found = {
            item
            for index, places in enumerate(state)
            for at, item in enumerate(self._items[index])
            if isinstance(item, str) and places >> at & 1
        }
        return [self._filler, *sorted(found)]

    def _stepped(self, index: int, places: int, character: str) -> int:
        after = 0
        for at, item in enumerate(self._items[index]):
            if places >> at & 1:
                if item is Wild.ANY:
                    after |= 1 << at
                elif item is Wild.ONE or item == character:
                    after |= 1 << at + 1
        return self._closed(index, after)

    def _closed(self, index: int, places: int) -> int:
        """The places with those behind wildcards, which may stand for nothing."""
        for at, item in enumerate(self._items[index]):
            if item is Wild.ANY and places >> at & 1:
                places |= 1 << at + 1
        return places


def _others() -> Iterator[str]:
    yield from _FILLERS
    yield from map(chr, range(0x100, 0x110000))
