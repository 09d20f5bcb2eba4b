"""The repositories in which one image goes, or stays, that a lifecycle policy can tell apart.

What a run does with an image hangs on the rule that owns it, on the ages that this rule looks at,
and for a count on how many younger images the rule identifies. So all there is to look at is, for
each rule, an image that it owns, with as many younger ones as it keeps. Indexes only ever keep
images; referrers go with their subjects, and are looked at by no rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from ecrpolicy import quotas
from ecrpolicy.lifecycle import (
    CountType,
    LifecyclePolicy,
    Rule,
    RuleStorageClass,
    Selection,
    TagStatus,
)
from ecrpolicy.lifecycle.shelf import age_limit
from ecrpolicy.lifecycle.tag_makers import TagMakers, is_of_one
from ecrpolicy.lifecycle.tags import patterns
from ecrpolicy.lifecycle.witness import digest_of
from ecrpolicy.snapshot import Image, Repository, StorageClass
from ecrpolicy.testing.invariants.images import Images

# What a policy does hangs on ages, not on dates: any time does.
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
MAX_IMAGES: Final = quotas.IMAGES_PER_REPOSITORY.value

DAY: Final = timedelta(days=1)
# How much older than a limit an image is that is past it, where there is room for so much.
OVER: Final = timedelta(hours=1)

# Rules about images of a class; a rule of another class never owns them.
_CLASSES: Final = {each: StorageClass(each.value) for each in RuleStorageClass}

# A wildcard stands for a number of at most so many digits.
_DIGITS: Final = 8
_ALPHABET: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class Owned(NamedTuple):
    """An image that a rule owns, or none does, by its class and the fewest tags that make it so."""

    storage_class: StorageClass
    rule: Rule | None
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """A repository of one image and some younger ones; what is least in the smallest is `size`."""

    image: Image
    younger: tuple[Image, ...] = ()

    @property
    def size(self) -> tuple[int, int, int]:
        """Images, tags, and characters of tags; the fewest first."""
        tags = [tag for image in (self.image, *self.younger) for tag in image.tags]
        return len(self.younger) + 1, len(tags), sum(map(len, tags))

    @property
    def repository(self) -> Repository:
        """The repository."""
        return Repository("(any)", (self.image, *self.younger))


class Situations:
    """What there is to look at, for a policy and the images that an invariant is about."""

    def __init__(self, policy: LifecyclePolicy, images: Images) -> None:
        self._policy = policy
        self._images = images.selection
        self._makers = TagMakers([*(rule.selection for rule in policy.rules), images.selection])
        self._is_complete = True

    @property
    def is_complete(self) -> bool:
        """Whether all was tried so far that can matter."""
        return self._is_complete and self._makers.is_complete

    @property
    def looked_at(self) -> str:
        """What was looked at, in words."""
        number = len(self._makers.kinds.tags)
        tried = "all" if self._makers.is_complete else "some"
        kinds = "1 kind" if number == 1 else f"{number:,} kinds"
        return (
            f"every repository of at most {MAX_IMAGES:,} images, with {kinds} of tags, {tried} "
            "that the policy tells apart; referrers aside, which go with their subjects"
        )

    def owned(self, *classes: RuleStorageClass) -> Iterator[Owned]:
        """An image for each rule that can own one of the images; at last one that none owns."""
        for storage_class in classes or RuleStorageClass:
            rules = self.rules(storage_class)
            for at, rule in enumerate((*rules, None)):
                wanted = [self._images] if rule is None else [rule.selection, self._images]
                tags = self._makers.tags(wanted, [each.selection for each in rules[:at]])
                if tags is not None:
                    yield Owned(_CLASSES[storage_class], rule, self._spelled_out(tags))

    def owned_twice(self, rule: Rule) -> Iterator[tuple[Owned, Rule | None]]:
        """For a rule of standard images, one that it owns, and each owner of it in the archive."""
        before = self.rules(RuleStorageClass.STANDARD)
        before = before[: before.index(rule)]
        archived = self.rules(RuleStorageClass.ARCHIVE)
        for at, other in enumerate((*archived, None)):
            wanted = [self._images, rule.selection, *([other.selection] if other else [])]
            unwanted = [each.selection for each in (*before, *archived[:at])]
            tags = self._makers.tags(wanted, unwanted)
            if tags is not None:
                yield Owned(StorageClass.STANDARD, rule, self._spelled_out(tags)), other

    def rules(self, storage_class: RuleStorageClass) -> Sequence[Rule]:
        """The rules of a storage class, in the order in which they are applied."""
        return [
            rule
            for rule in self._policy.by_priority
            if rule.selection.storage_class is storage_class
        ]

    def younger(self, owned: Owned, *, others: bool = False) -> tuple[Image, ...] | None:
        """As many images as the owner, a count, keeps: pushed just now, each with its own tags.

        With `others`, none of them is one that the invariant is about. None where there cannot be
        so many: a tag is one image's alone.
        """
        if owned.rule is None or owned.rule.selection.count_number >= MAX_IMAGES:
            return None
        selection = owned.rule.selection
        if is_of_one(selection):
            return None
        refused = self._images if others else None
        first = self._makers.tags([selection], [refused] if refused else [])
        if first is None:
            return None
        if not first:
            all_tags: Iterator[tuple[str, ...]] = iter([()] * selection.count_number)
        else:
            entries = patterns(selection) or patterns(_ANY_TAG)
            room = quotas.IMAGE_TAG_MAX_CHARACTERS - _DIGITS
            if any(sum(map(len, entry.parts)) > room for entry in entries):
                self._is_complete = False
                return None
            all_tags = _numbered(selection, refused, frozenset(owned.tags))
        return tuple(
            Image(digest=digest_of(number), pushed_at=NOW, tags=next(all_tags))
            for number in range(1, selection.count_number + 1)
        )

    def _spelled_out(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        better = tuple(map(self._makers.spelled_out, tags))
        return better if len(set(better)) == len(tags) else tags


_ANY_TAG: Final = Images(tag="*").selection


def _numbered(
    selection: Selection, refused: Selection | None, taken: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """Tags with which a rule identifies images, and with which a refused pattern does not.

    What wildcards stand for is made of characters that the refused pattern does not name: only
    its own wildcards could cover that, and then they cover anything.
    """
    entries = patterns(selection) or patterns(_ANY_TAG)
    named = "".join(refused.entries) if refused and refused.tag_status is TagStatus.TAGGED else ""
    letters = [each for each in _ALPHABET if each not in named]
    if len(letters) < 2:
        letters = [each for each in map(chr, range(0x100, 0x17F)) if each not in named]
    used = set(taken)
    number = 0
    while True:
        number += 1
        filled = ["".join(_in_letters(number, letters)).join(entry.parts) for entry in entries]
        one = next((tag for tag in filled if all(each.matches(tag) for each in entries)), None)
        tags = tuple(dict.fromkeys(filled)) if one is None else (one,)
        if used.isdisjoint(tags):
            used.update(tags)
            yield tags


def _in_letters(number: int, letters: Sequence[str]) -> str:
    """A number with these letters for digits.

    >>> _in_letters(10, "0123456789"), _in_letters(3, "ab")
    ('10', 'bb')
    """
    digits = []
    while number:
        number, digit = divmod(number, len(letters))
        digits.append(letters[digit])
    return "".join(reversed(digits))


def image(
    owned: Owned,
    age: timedelta,
    *,
    pulled: timedelta | None = None,
    archived: timedelta | None = None,
) -> Image:
    """An image of some age; in the archive since it was pushed, or so long ago as is said."""
    is_archived = owned.storage_class is StorageClass.ARCHIVE
    return Image(
        digest=digest_of(0),
        pushed_at=NOW - age,
        tags=owned.tags,
        pulled_at=None if pulled is None else NOW - pulled,
        storage_class=owned.storage_class,
        archived_at=NOW - (age if archived is None else archived) if is_archived else None,
    )


def past(selection: Selection, below: timedelta | None) -> timedelta | None:
    """An age past the limit of a rule, and below another one; None where there is none.

    Every age is past the limit of a count. An image in the archive, or pulled long ago, was pushed
    before that: for the least age that it can have, it does not matter which time a rule looks at.
    """
    if selection.count_type is CountType.IMAGE_COUNT_MORE_THAN:
        return OVER if below is None else min(OVER, below / 2)
    days = selection.count_number
    if not in_calendar(days):
        return None
    limit = days * DAY
    age = limit + (OVER if below is None else min(OVER, (below - limit) / 2))
    return age if age > limit else None


def in_calendar(days: int) -> bool:
    """Whether anything can be older than so many days; with some room, for what is older still."""
    return age_limit(NOW, days + 1) is not None
