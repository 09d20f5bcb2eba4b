"""The shortest texts that tell some patterns apart.

All patterns are read at once, character by character, with the set of places in them up to which
a text can have come. What no pattern tells apart is tried once.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from enum import Enum
from itertools import islice
from typing import Final, Generic, TypeVar

from ecrpolicy.testing.invariants.text_shapes import Shape


class Wild(Enum):
    """What a wildcard of a pattern stands for: how many characters, and which it does not take."""

    ANY = (True, "")
    ONE = (False, "")
    ANY_IN_FIELD = (True, ":")
    ONE_IN_FIELD = (False, ":")
    ANY_IN_NAME = (True, "/")
    ONE_IN_NAME = (False, "/")


# One part of a pattern: a character in all its spellings, or a wildcard.
Item = str | Wild

# So many sets of places are looked at: more than any policy seen so far has, by far.
_MAX_STATES: Final = 5_000


class Reader:
    """Reads a text along all patterns; the places reached are the bits of a number.

    A pattern has one bit for each of its items, set where that item comes next, and one behind
    them, set where all of it is met.
    """

    def __init__(self, patterns: Iterable[tuple[Item, ...]]) -> None:
        self._literals: dict[str, int] = {}
        self._wild = dict.fromkeys(Wild, 0)
        self._stay = 0
        self._met: dict[tuple[Item, ...], int] = {}
        self._takes: dict[str, int] = {}
        begins, bit = 0, 1
        for items in dict.fromkeys(patterns):
            begins |= bit
            for item in items:
                self._add(item, bit)
                bit <<= 1
            self._met[items] = bit
            bit <<= 1
        self._ends = sum(self._met.values())
        self.start = self._closed(begins)

    def _add(self, item: Item, bit: int) -> None:
        if isinstance(item, str):
            for character in item:
                self._literals[character] = self._literals.get(character, 0) | bit
            return
        self._wild[item] |= bit
        repeats, _ = item.value
        if repeats:
            self._stay |= bit

    def after(self, places: int, text: str) -> int:
        """The places that are reached behind a text."""
        for character in text:
            takes = self._takes.get(character)
            if takes is None:
                takes = self._takes[character] = self._taking(character)
            taken = places & takes
            stays = taken & self._stay
            places = self._closed(stays | (taken ^ stays) << 1)
        return places

    def _taking(self, character: str) -> int:
        """The places of the items that a character meets."""
        takes = self._literals.get(character, 0)
        for wild, bits in self._wild.items():
            _, stops_at = wild.value
            if character != stops_at:
                takes |= bits
        return takes

    def _closed(self, places: int) -> int:
        """The places with those behind wildcards, which may stand for nothing."""
        added = places
        while added := (added & self._stay) << 1 & ~places:
            places |= added
        return places

    def told(self, places: int) -> Iterator[str]:
        """The characters that make a difference here."""
        yield from (each for each, bits in self._literals.items() if bits & places)
        for wild, bits in self._wild.items():
            _, stops_at = wild.value
            if bits & places:
                yield from stops_at

    def kind(self, places: int) -> int:
        """The patterns that are met where a text ends here."""
        return places & self._ends

    def meets(self, places: int, items: tuple[Item, ...]) -> bool:
        """Whether one of the patterns is met where a text ends here."""
        return bool(places & self._met[items])


# A text that is read by several readers: the places of each.
Places = tuple[int, ...]

Kind = TypeVar("Kind", bound=Hashable)


class TextKinds(Generic[Kind]):
    """The kinds of texts that readers tell apart, behind the places that are reached.

    `texts` has the shortest texts of each kind, up to `number`; a kind is what `key` makes of the
    places. `is_complete`: there are no other kinds.
    """

    def __init__(
        self,
        readers: tuple[Reader, ...],
        places: Places,
        shape: Shape,
        key: Callable[[Places], Kind],
        number: int = 1,
    ) -> None:
        self.texts: dict[Kind, list[str]] = {}
        self.is_complete = True
        self._readers = readers
        self._shape = shape
        self._number = number
        self._search(places, key)

    def _search(self, places: Places, key: Callable[[Places], Kind]) -> None:
        begin = (places, self._shape.start)
        seen = {begin: 1}
        waiting = deque([(*begin, "")])
        while waiting:
            places, state, text = waiting.popleft()
            if self._shape.is_whole(state):
                held = self.texts.setdefault(key(places), [])
                if len(held) < self._number:
                    held.append(text)
            if len(text) == self._shape.longest:
                continue
            for character in self._next(places):
                after = self._shape.after(state, character)
                if after is None:
                    continue
                reached = (self._read(places, character), after)
                if len(seen) == _MAX_STATES and reached not in seen:
                    self.is_complete = False
                elif seen.get(reached, 0) < self._number:
                    seen[reached] = seen.get(reached, 0) + 1
                    waiting.append((*reached, text + character))

    def _read(self, places: Places, text: str) -> Places:
        return tuple(
            reader.after(at, text) for reader, at in zip(self._readers, places, strict=True)
        )

    def _next(self, places: Places) -> list[str]:
        """Characters that stand for all others, and those that make a difference."""
        told = {*self._shape.marks}
        for reader, at in zip(self._readers, places, strict=True):
            told.update(reader.told(at))
        others = (each for each in self._shape.fillers() if each not in told)
        return [*islice(others, self._number), *sorted(told, key=str.swapcase)]
