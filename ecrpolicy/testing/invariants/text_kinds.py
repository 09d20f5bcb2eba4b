"""The shortest texts that tell some patterns apart.

All patterns are read at once. What no pattern tells apart is tried once.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from ecrpolicy.pattern_walk import Item, PatternWalk

# Sets of places that are looked at: more than any policy seen so far has, by far.
_MAX_STATES: Final = 20_000

_FILLERS: Final = "x0az_-.bcdefghijklmnopqrstuvwy"


class TextKinds:
    """The kinds of texts that patterns tell apart: the patterns that each meets, as bits.

    `texts` has the shortest text of each kind, but for that of no characters. `is_complete`: there
    is no other kind of texts of at most so many characters.
    """

    def __init__(self, patterns: Iterable[Iterable[Item]], longest: int) -> None:
        self.texts: dict[int, str] = {}
        self.is_complete = True
        self._longest = longest
        self._walk = PatternWalk(patterns)
        characters = self._walk.characters
        self._filler = next(each for each in _others() if each not in characters)
        self._search()

    def _search(self) -> None:
        start = self._walk.start
        seen = {start}
        waiting = deque([(start, "")])
        while waiting:
            places, text = waiting.popleft()
            if len(text) == self._longest:
                continue
            # One character stands for all that make no difference.
            for character in (self._filler, *self._walk.awaited(places)):
                after = self._walk.after(places, character)
                self.texts.setdefault(self._walk.met(after), text + character)
                if after not in seen:
                    if len(seen) == _MAX_STATES:
                        self.is_complete = False
                        return
                    seen.add(after)
                    waiting.append((after, text + character))


def _others() -> Iterator[str]:
    yield from _FILLERS
    yield from map(chr, range(0x100, 0x110000))
