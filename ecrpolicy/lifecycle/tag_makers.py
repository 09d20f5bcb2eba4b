"""The fewest tags that an image needs to be identified by some rules, and not by others."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.lifecycle.model import Selection, TagStatus
from ecrpolicy.lifecycle.tag_kinds import TagKinds
from ecrpolicy.lifecycle.tags import patterns

_MAX_TRIES: Final = 20_000


def is_of_one(selection: Selection) -> bool:
    """Whether no two images of a repository can be identified: a tag is one image's alone."""
    return any(len(pattern.parts) == 1 for pattern in patterns(selection))


class TagMakers:
    """Makes the tags of images that some selections identify and others do not.

    `is_complete`: all was tried so far that the entries of the selections tell apart.
    """

    def __init__(self, selections: Iterable[Selection]) -> None:
        entries = {pattern for each in selections for pattern in patterns(each)}
        ordered = sorted(entries, key=lambda pattern: pattern.parts)
        self._bits = {each: 1 << at for at, each in enumerate(ordered)}
        self.kinds = TagKinds(ordered)
        self.is_complete = self.kinds.is_complete
        # Kinds that meet few patterns run into few rules that must not identify the image.
        self._by_entry = {
            bit: sorted(
                (kind for kind in self.kinds.tags if kind & bit),
                key=lambda kind: (kind.bit_count(), self.kinds.tags[kind]),
            )
            for bit in self._bits.values()
        }
        self._found = cache(self._find)

    def tags(
        self, wanted: Sequence[Selection], unwanted: Sequence[Selection]
    ) -> tuple[str, ...] | None:
        """The fewest tags that all wanted selections identify an image by, and no unwanted one."""
        statuses = {each.tag_status for each in wanted}
        refused = {each.tag_status for each in unwanted}
        if TagStatus.ANY in refused:
            return None
        if TagStatus.TAGGED not in statuses and TagStatus.UNTAGGED not in refused:
            return ()
        if TagStatus.UNTAGGED in statuses:
            return None
        needed = 0
        for each in wanted:
            needed |= self._entries(each)
        forbidden = frozenset(filter(None, map(self._entries, unwanted)))
        return self._found(needed, forbidden)

    def spelled_out(self, tag: str) -> str:
        """A tag that meets the same entries and reads better: `prod-1` for `prod-`, if it does."""
        met = self._met(tag)
        for pattern in self._bits:
            if len(pattern.parts) > 1 and pattern.matches(tag):
                longer = "1".join(pattern.parts)
                if len(longer) <= quotas.IMAGE_TAG_MAX_CHARACTERS and self._met(longer) == met:
                    return longer
        return tag

    def _met(self, tag: str) -> int:
        return sum(bit for pattern, bit in self._bits.items() if pattern.matches(tag))

    def _entries(self, selection: Selection) -> int:
        return sum(self._bits[pattern] for pattern in set(patterns(selection)))

    def _find(self, needed: int, forbidden: frozenset[int]) -> tuple[str, ...] | None:
        """Try one tag, then two, and so on: each meets an entry that is not met yet."""
        self._tries = 0
        for most in range(1, max(1, needed.bit_count()) + 1):
            kinds = self._extended(0, (), needed, forbidden, most)
            if kinds is not None:
                return tuple(self.kinds.tags[kind] for kind in kinds)
        return None

    def _extended(
        self, met: int, kinds: tuple[int, ...], needed: int, forbidden: frozenset[int], left: int
    ) -> tuple[int, ...] | None:
        missing = needed & ~met
        if kinds and not missing:
            return kinds
        if not left:
            return None
        lowest = missing & -missing
        for kind in self._by_entry[lowest] if lowest else self.kinds.tags:
            self._tries += 1
            if self._tries > _MAX_TRIES:
                self.is_complete = False
                return None
            if any((met | kind) & each == each for each in forbidden):
                continue
            found = self._extended(met | kind, (*kinds, kind), needed, forbidden, left - 1)
            if found is not None:
                return found
        return None
