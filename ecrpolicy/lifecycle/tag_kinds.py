"""The tags that tell some patterns apart: the shortest of each kind, and how many there are.

All patterns are read at once, character by character, each with the set of places in it up to
which a tag can have come: so tags are paths through a graph whose nodes are such places. Only
tags that a registry accepts are looked at.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.wildcard import TagPattern

# Sets of places that are looked at: more than any policy seen so far has, by far.
_MAX_STATES: Final = 20_000
# More tags of one kind than this are not counted.
_MANY: Final = quotas.IMAGES_PER_REPOSITORY.value

_ANY: Final = None

# What tags are made of, by the OCI distribution specification; the first of those that make no
# difference is shown. A tag begins with none of the marks.
_LETTERS: Final = "x0123456789abcdefghijklmnopqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
_MARKS: Final = ".-"


class TagKinds:
    """The kinds of tags that patterns tell apart: the patterns that each meets, as bits.

    `tags` has the shortest tag of each kind. `is_complete`: there is no other kind of tag.
    """

    def __init__(self, patterns: Sequence[TagPattern]) -> None:
        self.tags: dict[int, str] = {}
        self.is_complete = True
        self._items = [tuple(_items(pattern)) for pattern in patterns]
        self._step = cache(self._stepped)
        # The graph: what each node leads to, with which characters; the nodes where a tag is of a
        # kind. The node 0 is before the first character.
        self._ways: list[dict[int, str]] = []
        self._ends: defaultdict[int, list[int]] = defaultdict(list)
        self._search()
        self._sources: defaultdict[int, list[int]] = defaultdict(list)
        for node, ways in enumerate(self._ways):
            for following in ways:
                self._sources[following].append(node)

    def count(self, kind: int) -> int:
        """How many different tags of a kind there are; at most as many as a repository has images.

        >>> kinds = TagKinds([TagPattern.compile("v1"), TagPattern.compile("v*")])
        >>> kinds.count(0b11), kinds.count(0b10)
        (1, 100000)
        """
        return min(self._counts[kind], _MANY)

    @cached_property
    def _counts(self) -> Mapping[int, int]:
        """How many tags there are of each kind, as far as they were counted."""
        kind_at = {node: kind for kind, nodes in self._ends.items() for node in nodes}
        found: Counter[int] = Counter()
        few = set(self._ends)
        near = set(range(len(self._ways)))
        # How many ways of one length lead to each node, from where kinds with few tags are reached.
        ways = {0: 1}
        for _ in range(quotas.IMAGE_TAG_MAX_CHARACTERS):
            longer: Counter[int] = Counter()
            for node, number in ways.items():
                for following, characters in self._ways[node].items():
                    longer[following] += number * len(characters)
            for node, number in longer.items():
                found[kind_at[node]] += number
            if enough := {kind for kind in few if found[kind] >= _MANY}:
                few -= enough
                near = self._leading_to(few)
            ways = {node: number for node, number in longer.items() if node in near}
        return found

    def _leading_to(self, kinds: Iterable[int]) -> set[int]:
        """The nodes from which a tag of one of some kinds is reached."""
        waiting = [node for kind in kinds for node in self._ends[kind]]
        found = set(waiting)
        for node in waiting:
            new = [source for source in self._sources[node] if source not in found]
            found.update(new)
            waiting += new
        return found

    def distinct(self, kind: int) -> Iterator[str]:
        """The tags of a kind, each once, shorter ones first.

        >>> from itertools import islice
        >>> list(islice(TagKinds([TagPattern.compile("v*")]).distinct(1), 4))
        ['v', 'v0', 'v1', 'v2']
        """
        # The nodes from which so many characters lead to the kind.
        levels = [set(self._ends[kind])]
        for length in range(1, quotas.IMAGE_TAG_MAX_CHARACTERS + 1):
            levels.append({source for node in levels[-1] for source in self._sources[node]})
            if not levels[-1]:
                return
            yield from self._spelled(length, levels)

    def _spelled(self, length: int, levels: Sequence[set[int]]) -> Iterator[str]:
        """The tags of a length on the ways that lead to the end in time."""
        waiting = [(0, "")] if 0 in levels[length] else []
        while waiting:
            node, tag = waiting.pop()
            if len(tag) == length:
                yield tag
                continue
            within = levels[length - len(tag) - 1]
            ways = [
                (character, following)
                for following, characters in self._ways[node].items()
                if following in within
                for character in characters
            ]
            # Marks come last, for they are hard on the eye.
            ways.sort(key=lambda way: (way[0] in _MARKS, way[0]), reverse=True)
            waiting += [(following, tag + character) for character, following in ways]

    def _search(self) -> None:
        start = tuple(self._closed(index, 1) for index in range(len(self._items)))
        self._ways.append({})
        # What comes back to the places of the start is another node: a tag may end or go on there
        # with a mark.
        nodes: dict[tuple[int, ...], int] = {}
        waiting = deque([(0, start, "")])
        while waiting:
            node, state, tag = waiting.popleft()
            if len(tag) == quotas.IMAGE_TAG_MAX_CHARACTERS:
                continue
            for characters in self._next(state, _LETTERS + _MARKS if tag else _LETTERS):
                first = characters[0]
                after = tuple(self._step(at, places, first) for at, places in enumerate(state))
                if after not in nodes:
                    if len(nodes) == _MAX_STATES:
                        self.is_complete = False
                        return
                    nodes[after] = len(self._ways)
                    self._ways.append({})
                    self._ends[self._kind(after)].append(nodes[after])
                    self.tags.setdefault(self._kind(after), tag + first)
                    waiting.append((nodes[after], after, tag + first))
                ways = self._ways[node]
                ways[nodes[after]] = ways.get(nodes[after], "") + characters

    def _kind(self, state: Sequence[int]) -> int:
        """The patterns that are met where a tag ends here."""
        return sum(
            1 << index
            for index, places in enumerate(state)
            if places >> len(self._items[index]) & 1
        )

    def _next(self, state: Sequence[int], allowed: str) -> list[str]:
        """The characters that may follow: each that makes a difference, and together all others."""
        found = {
            item
            for index, places in enumerate(state)
            for at, item in enumerate(self._items[index])
            if item is not None and places >> at & 1
        }
        others = "".join(each for each in allowed if each not in found)
        return [*(each for each in sorted(found) if each in allowed), *filter(None, [others])]

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
