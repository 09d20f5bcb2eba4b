"""The fewest tags that an image needs to be identified by some rules, and not by others."""

from collections.abc import Callable, Iterable, Sequence
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
    """Finds the tags of images that some selections identify and others do not.

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
        """The fewest tags by which all wanted selections identify an image, and no unwanted one."""
        kinds = self.of_one(wanted, unwanted)
        return None if kinds is None else tuple(self.kinds.tags[kind] for kind in kinds)

    def of_one(
        self, wanted: Sequence[Selection], unwanted: Sequence[Selection]
    ) -> tuple[int, ...] | None:
        """The kinds of these tags, each once."""
        return self.of_many(wanted, unwanted, 0, beside=())

    def of_many(
        self,
        wanted: Sequence[Selection],
        unwanted: Sequence[Selection],
        number: int,
        *,
        beside: tuple[int, ...],
    ) -> tuple[int, ...] | None:
        """The kinds of which each of so many images has a tag, none of them that of another.

        They are beside an image that has a tag of each of some kinds, and that the wanted
        selections identify.
        """
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
        if number == 0:
            return self._found(needed, forbidden, 0, ())
        if any(bit & needed and not self._can_all_meet(bit, number + 1) for bit in self._by_entry):
            return None
        found = self._found(needed, forbidden, number, beside)
        if found is None and self._found(needed, forbidden, 0, ()) is not None:
            # There are such tags, but few of a kind: some that are nearly as long as a tag can be.
            # Kinds would have to be mixed.
            self.is_complete = False
        return found

    def _can_all_meet(self, entry: int, images: int) -> bool:
        """Whether each of so many images can have a tag of its own that meets an entry."""
        left = images
        for kind in self._by_entry[entry]:
            left -= self.kinds.count(kind)
            if left <= 0:
                return True
        return False

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

    def _find(
        self, needed: int, forbidden: frozenset[int], number: int, beside: tuple[int, ...]
    ) -> tuple[int, ...] | None:
        """Try one tag, then two, and so on: each meets an entry that is not met yet."""
        self._tries = 0

        def usable(kind: int) -> bool:
            return not number or self.kinds.count(kind) >= number + (kind in beside)

        most = min(max(1, needed.bit_count()), quotas.TAGS_PER_IMAGE.value)
        for left in range(1, most + 1):
            kinds = self._extended(0, (), needed, forbidden, left, usable)
            if kinds is not None:
                return kinds
        return None

    def _extended(
        self,
        met: int,
        kinds: tuple[int, ...],
        needed: int,
        forbidden: frozenset[int],
        left: int,
        usable: Callable[[int], bool],
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
            if any((met | kind) & each == each for each in forbidden) or not usable(kind):
                continue
            further = (*kinds, kind)
            found = self._extended(met | kind, further, needed, forbidden, left - 1, usable)
            if found is not None:
                return found
        return None
