"""The shortest tags that tell some patterns apart.

All patterns are read at once, character by character, each with the set of places in it up to
which a tag can have come. What no pattern tells apart is tried once.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.wildcard import TagPattern

# Sets of places that are looked at: more than any policy seen so far has, by far.
_MAX_STATES: Final = 20_000

_ANY: Final = None
_FILLERS: Final = "x0az_-.bcdefghijklmnopqrstuvwy"


class TagKinds:
    """The kinds of tags that patterns tell apart: the patterns that each meets, as bits.

    `tags` has the shortest tag of each kind. `is_complete`: there is no other kind of tag.
    """

    def __init__(self, patterns: Sequence[TagPattern]) -> None:
        self.tags: dict[int, str] = {}
        self.is_complete = True
        self._items = [tuple(_items(pattern)) for pattern in patterns]
        characters = {item for items in self._items for item in items if item is not None}
        self._filler = next(each for each in _others() if each not in characters)
        self._step = cache(self._stepped)
        self._search()

    def _search(self) -> None:
        start = tuple(self._closed(index, 1) for index in range(len(self._items)))
        seen = {start}
        waiting = deque([(start, "")])
        while waiting:
            state, tag = waiting.popleft()
            if len(tag) == quotas.IMAGE_TAG_MAX_CHARACTERS:
                continue
            for character in self._next(state):
                after = tuple(self._step(at, places, character) for at, places in enumerate(state))
                self.tags.setdefault(self._kind(after), tag + character)
                if after not in seen:
                    if len(seen) == _MAX_STATES:
                        self.is_complete = False
                        return
                    seen.add(after)
                    waiting.append((after, tag + character))

    def _kind(self, state: Sequence[int]) -> int:
        """The patterns that are met where a tag ends here."""
        return sum(
            1 << index
            for index, places in enumerate(state)
            if places >> len(self._items[index]) & 1
        )

    def _next(self, state: Sequence[int]) -> list[str]:
        """The characters that make a difference; one stands for all others."""
        found = {
            item
            for index, places in enumerate(state)
            for at, item in enumerate(self._items[index])
            if item is not None and places >> at & 1
        }
        return [*sorted(found), self._filler]

    def _stepped(self, index: int, places: int, character: str) -> int:
        after = 0
        for at, item in enumerate(self._items[index]):
            if places >> at & 1:
                if item is _ANY:
                    after |= 1 << at
                elif item == character:
                    after |= 1 << at + 1
        return self._closed(index, after)

    def _closed(self, index: int, places: int) -> int:
        """The places with those behind wildcards, which may stand for nothing."""
        for at, item in enumerate(self._items[index]):
            if item is _ANY and places >> at & 1:
                places |= 1 << at + 1
        return places


def _items(pattern: TagPattern) -> Iterator[str | None]:
    for number, part in enumerate(pattern.parts):
        if number:
            yield _ANY
        yield from part


def _others() -> Iterator[str]:
    yield from _FILLERS
    yield from map(chr, range(0x100, 0x110000))
