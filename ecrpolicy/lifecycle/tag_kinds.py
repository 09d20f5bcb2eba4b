"""The tags that tell some patterns apart: the shortest of each kind, and how many there are.

All patterns are read at once: tags are paths through a graph whose nodes are the places up to
which they can have come in each. Only tags that a registry accepts are looked at.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.pattern_walk import Item, PatternWalk, Places, Wild
from ecrpolicy.wildcard import TagPattern

# Sets of places that are looked at: more than any policy seen so far has, by far.
_MAX_STATES: Final = 20_000
# More tags of one kind than this are not counted.
_MANY: Final = quotas.IMAGES_PER_REPOSITORY.value

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
        self._walk = PatternWalk(map(_items, patterns))
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
        self._ways.append({})
        # What comes back to the places of the start is another node: a tag may end or go on there
        # with a mark.
        nodes: dict[Places, int] = {}
        waiting = deque([(0, self._walk.start, "")])
        while waiting:
            node, places, tag = waiting.popleft()
            if len(tag) == quotas.IMAGE_TAG_MAX_CHARACTERS:
                continue
            for characters in self._next(places, _LETTERS + _MARKS if tag else _LETTERS):
                first = characters[0]
                after = self._walk.after(places, first)
                if after not in nodes:
                    if len(nodes) == _MAX_STATES:
                        self.is_complete = False
                        return
                    nodes[after] = len(self._ways)
                    self._ways.append({})
                    kind = self._walk.met(after)
                    self._ends[kind].append(nodes[after])
                    self.tags.setdefault(kind, tag + first)
                    waiting.append((nodes[after], after, tag + first))
                ways = self._ways[node]
                ways[nodes[after]] = ways.get(nodes[after], "") + characters

    def _next(self, places: Places, allowed: str) -> list[str]:
        """The characters that may follow: each that makes a difference, and together all others."""
        awaited = self._walk.awaited(places)
        others = "".join(each for each in allowed if each not in awaited)
        return [*(each for each in awaited if each in allowed), *filter(None, [others])]


def _items(pattern: TagPattern) -> Iterator[Item]:
    for number, part in enumerate(pattern.parts):
        if number:
            yield Wild.ANY
        yield from part
