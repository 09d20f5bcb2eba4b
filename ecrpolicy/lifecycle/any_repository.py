"""Whether two policies can do different things in any repository at all.

What a run does with an image hangs on little: which rules identify it, how old it is beside the
limits of these, and how many younger images a count finds. So the smallest repository that shows
a difference is one image, and as many younger ones as a rule keeps. All such repositories are
looked at: for each rule that may own the image under the one policy, and each that may under the
other. Indexes and referrers add nothing: both policies hold and take along the same images.

A tag is on one image of a repository at most. So a rule with an entry that has no wildcard
identifies one image at most, and never counts a younger one than that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, product, repeat
from typing import Any, Final, NamedTuple, assert_never

from ecrpolicy import quotas
from ecrpolicy.lifecycle.compare import Comparison, compare
from ecrpolicy.lifecycle.model import (
    Action,
    CountType,
    LifecyclePolicy,
    Rule,
    RuleStorageClass,
    Selection,
)
from ecrpolicy.lifecycle.ranking import utc
from ecrpolicy.lifecycle.tag_kinds import TagKinds
from ecrpolicy.lifecycle.tag_makers import TagMakers
from ecrpolicy.lifecycle.witness import details, digest_of
from ecrpolicy.snapshot import Image, Repository, StorageClass

MAX_IMAGES: Final = quotas.IMAGES_PER_REPOSITORY.value

_DAY: Final = timedelta(days=1)
# Less old than any limit, and what makes an image older than one.
_YOUNG: Final = timedelta(hours=1)
_OVER: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Search:
    """Whether two policies can differ: the smallest repository that shows it, if they can.

    Where there is none, that is so for repositories of at most `images` images. `kinds` is how
    many kinds of tags the entries of the policies tell apart; `is_complete`: all were tried, in
    all combinations that matter, so that no tag whatever makes a difference.
    """

    witness: Comparison | None
    images: int
    kinds: int
    is_complete: bool

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values, with the repository as `describe-images` prints it."""
        witness = self.witness
        return {
            "differ": witness is not None,
            "mostImages": self.images,
            "kindsOfTags": self.kinds,
            "isComplete": self.is_complete,
            "comparison": witness.to_json() if witness else None,
            "repository": {"imageDetails": list(map(details, witness.old.repository.images))}
            if witness
            else None,
        }


class _Ages(NamedTuple):
    """How long ago an image was pushed, pulled and archived."""

    pushed: timedelta = _YOUNG
    pulled: timedelta | None = None
    archived: timedelta | None = None


class _Younger(NamedTuple):
    """So many younger images, the kinds of tags that each has, and the rules that count them."""

    number: int = 0
    kinds: tuple[int, ...] = ()
    counted: Sequence[Rule] = ()


class _Shape(NamedTuple):
    """A repository: the kinds of tags and the ages of one image, and the younger ones."""

    storage_class: StorageClass
    kinds: tuple[int, ...]
    ages: _Ages = _Ages()
    younger: _Younger = _Younger()

    def size(self, shortest: Mapping[int, str]) -> tuple[int, int, int]:
        """What is least in the smallest: images, then tags, then the length of tags, about."""
        number, kinds, _ = self.younger
        length = sum(len(shortest[kind]) for kind in self.kinds)
        length += number * sum(len(shortest[kind]) for kind in kinds)
        return number + 1, number * len(kinds) + len(self.kinds), length


def search(old: LifecyclePolicy, new: LifecyclePolicy, *, now: datetime) -> Search:
    """Look for the smallest repository in which a run at `now` does different things.

    An image that goes under another rule, in the same way, makes no difference.
    """
    now = utc(now)
    makers = TagMakers(_selections([*old.rules, *new.rules]))
    shapes = [
        shape
        for storage_class in RuleStorageClass
        for shape in _differing(
            _of_class(old, storage_class), _of_class(new, storage_class), makers, now
        )
    ]
    smallest = min(shapes, key=lambda shape: shape.size(makers.kinds.tags), default=None)
    witness = None
    if smallest is not None:
        witness = compare(old, new, _repository(smallest, makers.kinds, now), now=now)
    return Search(witness, MAX_IMAGES, len(makers.kinds.tags), makers.is_complete)


def _selections(rules: Sequence[Rule]) -> list[Selection]:
    return [rule.selection for rule in rules]


def _of_class(policy: LifecyclePolicy, storage_class: RuleStorageClass) -> list[Rule]:
    return [rule for rule in policy.by_priority if rule.selection.storage_class is storage_class]


def _differing(
    old: Sequence[Rule], new: Sequence[Rule], makers: TagMakers, now: datetime
) -> Iterator[_Shape]:
    """For each two rules that can own an image, one under each policy, the smallest difference."""
    for (at, mine), (to, theirs) in product(_owners(old), _owners(new)):
        owners = [rule for rule in (mine, theirs) if rule]
        kinds = makers.of_one(_selections(owners), _selections([*old[:at], *new[:to]]))
        if kinds is not None and owners:
            storage_class = StorageClass(owners[0].selection.storage_class.value)
            yield from _smallest(mine, theirs, _Shape(storage_class, kinds), makers, now)


def _owners(rules: Sequence[Rule]) -> Iterator[tuple[int, Rule | None]]:
    """The rules, each with how many there are before it; at last that none owns the image."""
    yield from enumerate(rules)
    yield len(rules), None


def _smallest(
    mine: Rule | None, theirs: Rule | None, shape: _Shape, makers: TagMakers, now: datetime
) -> Iterator[_Shape]:
    """The smallest repository in which the owners do different things, if there is one."""
    rules = [rule for rule in (mine, theirs) if rule]
    found = [
        shape._replace(ages=ages, younger=younger)
        for younger in _younger(rules, shape.kinds, makers)
        for ages in _ages(rules, shape.storage_class, now)
        if _does(mine, ages, younger) is not _does(theirs, ages, younger)
    ]
    if found:
        yield min(found, key=lambda each: each.size(makers.kinds.tags))


def _younger(
    rules: Sequence[Rule], kinds: tuple[int, ...], makers: TagMakers
) -> Iterator[_Younger]:
    """The younger images that there may be: as many as one of the rules keeps.

    Either the other rule counts them too, or none of them. A mixture shows no more: where images
    that the other does not count can be at all, there are as many as one likes.
    """
    yield _Younger()
    counting = [
        rule for rule in rules if rule.selection.count_type is CountType.IMAGE_COUNT_MORE_THAN
    ]
    for rule in counting:
        number = rule.selection.count_number
        if number < MAX_IMAGES:
            others = [other for other in counting if other is not rule]
            for counted, uncounted in (([rule], others), (counting, [])):
                found = makers.of_many(
                    _selections(counted), _selections(uncounted), number, beside=kinds
                )
                if found is not None:
                    yield _Younger(number, found, counted)


def _ages(rules: Sequence[Rule], storage_class: StorageClass, now: datetime) -> Iterator[_Ages]:
    """All that limits of rules can tell apart: younger than all of them, or just past one."""
    limits: dict[CountType, list[timedelta]] = {kind: [] for kind in CountType}
    for rule in rules:
        kind, days = rule.selection.count_type, rule.selection.count_number
        if kind is not CountType.IMAGE_COUNT_MORE_THAN and _is_in_calendar(days, now):
            limits[kind].append(days * _DAY + _OVER)
    if storage_class is StorageClass.ARCHIVE:
        # Its rules ask for the time in the archive alone. An image is pushed before that.
        for archived in (_YOUNG, *limits[CountType.SINCE_IMAGE_TRANSITIONED]):
            yield _Ages(pushed=archived + _DAY, archived=archived)
        return
    pulled = limits[CountType.SINCE_IMAGE_PULLED]
    pushed = [_YOUNG, *limits[CountType.SINCE_IMAGE_PUSHED], *pulled]
    for ages in product(pushed, [None, _YOUNG, *pulled]):
        # Nothing is pulled before it is pushed.
        if ages[1] is None or ages[1] < ages[0]:
            yield _Ages(*ages)


def _is_in_calendar(days: int, now: datetime) -> bool:
    earliest = datetime.min.replace(tzinfo=now.tzinfo) + _DAY
    return days < (now - earliest) // _DAY


def _does(rule: Rule | None, ages: _Ages, younger: _Younger) -> Action | None:
    """What a rule does with an image that it owns, beside younger ones."""
    if rule is None:
        return None
    number = rule.selection.count_number
    match rule.selection.count_type:
        case CountType.IMAGE_COUNT_MORE_THAN:
            is_marked = rule in younger.counted and younger.number >= number
        case CountType.SINCE_IMAGE_PUSHED:
            is_marked = _is_older(ages.pushed, number)
        case CountType.SINCE_IMAGE_PULLED:
            is_marked = _is_older(ages.pushed if ages.pulled is None else ages.pulled, number)
        case CountType.SINCE_IMAGE_TRANSITIONED:
            is_marked = ages.archived is not None and _is_older(ages.archived, number)
        case never:
            assert_never(never)
    return rule.action.type if is_marked else None


def _is_older(age: timedelta, days: int) -> bool:
    return days < timedelta.max.days and age > days * _DAY


def _repository(shape: _Shape, kinds: TagKinds, now: datetime) -> Repository:
    """The repository of a shape. The image that makes the difference has the least digest."""
    ages = shape.ages
    judged = Image(
        digest=digest_of(0),
        pushed_at=now - ages.pushed,
        tags=tuple(kinds.tags[kind] for kind in shape.kinds),
        pulled_at=None if ages.pulled is None else now - ages.pulled,
        storage_class=shape.storage_class,
        archived_at=None if ages.archived is None else now - ages.archived,
    )
    number = shape.younger.number
    columns = [
        islice((tag for tag in kinds.distinct(kind) if tag not in judged.tags), number)
        for kind in shape.younger.kinds
    ]
    all_tags = zip(*columns, strict=True) if columns else repeat((), number)
    younger = (
        Image(digest=digest_of(at), pushed_at=now, tags=tags)
        for at, tags in enumerate(all_tags, start=1)
    )
    return Repository("(any)", (judged, *younger))
