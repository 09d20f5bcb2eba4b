"""Why an image goes or stays: every rule's view of it, what owns it, what holds it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from ecrpolicy.lifecycle.model import CountType, Rule, Selection, TagStatus
from ecrpolicy.lifecycle.preview import Preview, Result
from ecrpolicy.lifecycle.ranking import TIMES
from ecrpolicy.lifecycle.shelf import Shelf, age_limit
from ecrpolicy.lifecycle.tags import patterns
from ecrpolicy.snapshot import Image, StorageClass


class Reason(StrEnum):
    """Why an image goes or stays, in one word; the value says it to people."""

    MARKED = "its rule marks it"
    CASCADE = "it goes with its subject"
    WITHIN_COUNT = "among the newest that its rule keeps"
    YOUNG_ENOUGH = "not older than its rule's limit"
    NO_TIME = "when it was archived is not known"
    HELD = "an index refers to it"
    UNIDENTIFIED = "no rule identifies it"
    FOLLOWS_SUBJECT = "its subject stays"
    SUBJECT_CYCLE = "its subjects refer to each other in a circle"
    ACTIVATING = "it is on its way from the archive"


class Match(NamedTuple):
    """An entry of a rule's tag list, and a tag of the image that meets it; None where none does."""

    entry: str
    tag: str | None


@dataclass(frozen=True, slots=True)
class RuleExplanation:
    """How one rule looks at one image.

    `identifies`: by storage class and tags. `rank` counts from 1, the youngest first, among the
    `identified` images. `age` is that of the time that the rule looks at, None where the image
    has no such time. `would_mark`: by its own count or age, whoever owns the image.
    """

    rule: Rule
    identifies: bool
    mismatch: str | None = None
    matches: tuple[Match, ...] = ()
    rank: int | None = None
    identified: int | None = None
    age: timedelta | None = None
    would_mark: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one image goes or stays.

    `rules` are all rules in the order of their priority, as far as they concern the image; the
    first that identifies it owns it. `held_by` are digests of indexes, `doubts` those of indexes
    that may hold the image for all anyone knows. For a referrer, `subjects` lead to the image
    that it goes or stays with, the nearest first, and `root` explains that one.
    """

    image: Image
    now: datetime
    result: Result | None
    reason: Reason
    rules: tuple[RuleExplanation, ...] = ()
    held_by: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    root: "Explanation | None" = None
    doubts: tuple[str, ...] = ()

    @property
    def owner(self) -> RuleExplanation | None:
        """The rule that owns the image."""
        return next((rule for rule in self.rules if rule.identifies), None)

    def __str__(self) -> str:
        return self.text()

    def text(self) -> str:
        """The explanation for people, some lines."""
        from ecrpolicy.lifecycle.explanation_text import as_text

        return as_text(self)

    def to_json(self) -> dict[str, Any]:
        """The explanation as plain JSON values."""
        from ecrpolicy.lifecycle.explanation_text import as_json

        return as_json(self)


class Explainer:
    """Explains the images of one preview; what is the same for all of them is worked out once."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._images = {image.digest: image for image in preview.repository.images}
        self._places = {
            image.digest: (shelf, position)
            for shelf in preview.shelves
            for position, image in enumerate(shelf.ranking.images)
        }
        self._identified: dict[tuple[StorageClass, int], Sequence[int]] = {}

    def explain(self, digest: str) -> Explanation:
        """Why the image of a digest goes or stays. Raises KeyError where there is none."""
        image = self._images[digest]
        subjects = self._subjects(digest)
        if not subjects:
            return self._explain(image)
        reason, _ = self.reason(image)
        is_circle = reason is Reason.SUBJECT_CYCLE
        root = None if is_circle else self._explain(self._images[subjects[-1]])
        return replace(self._explain(image), subjects=subjects, root=root)

    def reason(self, image: Image) -> tuple[Reason, int | None]:
        """Why an image goes or stays, and the priority of the rule that says so."""
        result = self._preview.by_digest.get(image.digest)
        if result is not None:
            return Reason.CASCADE if result.cascade else Reason.MARKED, result.rule_priority
        if image.digest in self._preview.relations.subjects:
            is_circle = image.digest in self._preview.relations.in_circles
            return Reason.SUBJECT_CYCLE if is_circle else Reason.FOLLOWS_SUBJECT, None
        if image.storage_class is StorageClass.ACTIVATING:
            return Reason.ACTIVATING, None
        owner = self.owner(image)
        if owner is None:
            return Reason.UNIDENTIFIED, None
        shelf, position = self._places[image.digest]
        if shelf.fates[position]:
            return Reason.HELD, owner.rule_priority
        return _reason_to_stay(owner.selection, image), owner.rule_priority

    def owner(self, image: Image) -> Rule | None:
        """The rule that owns an image, or the subject that it goes or stays with."""
        judged = (image.digest, *self._subjects(image.digest))[-1]
        shelf, position = self._places.get(judged, (None, 0))
        if shelf is None or not shelf.owners[position]:
            return None
        return self._preview.policy.by_priority[shelf.owners[position] - 1]

    def _subjects(self, digest: str) -> tuple[str, ...]:
        """The chain of subjects of a referrer; in a circle, once around."""
        following = self._preview.relations.subjects
        chain: dict[str, None] = {}
        while digest in following and following[digest] not in chain:
            digest = following[digest]
            chain[digest] = None
        return tuple(chain)

    def _explain(self, image: Image) -> Explanation:
        preview = self._preview
        result = preview.by_digest.get(image.digest)
        reason, _ = self.reason(image)
        is_referrer = image.digest in preview.relations.subjects
        return Explanation(
            image=image,
            now=preview.now,
            result=result,
            reason=reason,
            rules=() if is_referrer else tuple(self._rules(image)),
            held_by=() if is_referrer else tuple(preview.holders.get(image.digest, ())),
            doubts=self._doubts(image, result),
        )

    def _doubts(self, image: Image, result: Result | None) -> tuple[str, ...]:
        if result is None or not result.cannot_tell:
            return ()
        unknown = self._preview.relations.indexes_with_unknown_children
        judged = (image.digest, *self._subjects(image.digest))[-1]
        return tuple(index for index in unknown if index != judged)

    def _rules(self, image: Image) -> list[RuleExplanation]:
        if image.storage_class is StorageClass.ACTIVATING:
            return []
        shelf, position = self._places.get(image.digest, (None, 0))
        return [
            self._rule(number, rule, image, shelf, position)
            for number, rule in enumerate(self._preview.policy.by_priority)
        ]

    def _rule(
        self, number: int, rule: Rule, image: Image, shelf: Shelf | None, position: int
    ) -> RuleExplanation:
        selection = rule.selection
        if selection.storage_class.value != image.storage_class.value or shelf is None:
            mismatch = f"it looks at the storage class `{selection.storage_class}`"
            return RuleExplanation(rule, identifies=False, mismatch=mismatch)
        unseen, matches = _tags_seen(selection, image)
        if unseen:
            return RuleExplanation(rule, identifies=False, mismatch=unseen, matches=matches)
        identified = self._identified_by(number, selection, shelf)
        rank = bisect_left(identified, position) + 1
        time_of = TIMES.get(selection.count_type)
        time = time_of(image) if time_of else None
        return RuleExplanation(
            rule,
            identifies=True,
            matches=matches,
            rank=rank,
            identified=len(identified),
            age=self._preview.now - time if time else None,
            would_mark=self._would_mark(selection, rank, time),
        )

    def _would_mark(self, selection: Selection, rank: int, time: datetime | None) -> bool:
        if selection.count_type is CountType.IMAGE_COUNT_MORE_THAN:
            return rank > selection.count_number
        limit = age_limit(self._preview.now, selection.count_number, self._preview.reading.age)
        return limit is not None and time is not None and time < limit

    def _identified_by(self, number: int, selection: Selection, shelf: Shelf) -> Sequence[int]:
        key = (shelf.storage_class, number)
        if key not in self._identified:
            self._identified[key] = shelf.ranking.identified(selection)
        return self._identified[key]


def _reason_to_stay(selection: Selection, image: Image) -> Reason:
    """Why the rule that owns an image does not mark it."""
    if selection.count_type is CountType.IMAGE_COUNT_MORE_THAN:
        return Reason.WITHIN_COUNT
    return Reason.NO_TIME if TIMES[selection.count_type](image) is None else Reason.YOUNG_ENOUGH


def _tags_seen(selection: Selection, image: Image) -> tuple[str | None, tuple[Match, ...]]:
    """What of an image's tags a rule does not accept, if anything, and what met its entries."""
    if selection.tag_status is TagStatus.ANY:
        return None, ()
    if selection.tag_status is TagStatus.UNTAGGED:
        return ("the image has tags" if image.tags else None), ()
    if not image.tags:
        return "the image has no tag", ()
    matches = tuple(
        Match(entry, next(filter(pattern.matches, image.tags), None))
        for entry, pattern in zip(selection.entries, patterns(selection), strict=True)
    )
    unmet = [match.entry for match in matches if match.tag is None]
    kind = "prefix" if selection.tag_prefix_list else "pattern"
    mismatch = f"no tag meets the {kind} `{unmet[0]}`" if unmet else None
    return mismatch, matches
