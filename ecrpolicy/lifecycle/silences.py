"""Where Amazon's documents are silent, and the decision taken here changes a preview.

Each decision is held against its other reading by evaluating the policy again: a warning says
nothing but that the two outcomes differ, and where.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ecrpolicy.finding import Finding, Severity
from ecrpolicy.lifecycle.evaluate import evaluate
from ecrpolicy.lifecycle.model import Action, CountType
from ecrpolicy.lifecycle.preview import Preview
from ecrpolicy.lifecycle.reading import DECIDED, Age, Reading
from ecrpolicy.snapshot import Image, StorageClass
from ecrpolicy.wording import count, shortened


@dataclass(frozen=True, slots=True)
class Silence:
    """A question that the documents leave open, and the reading not taken.

    `concerns` is a cheap look at whether the reading can matter; `reread` is the other reading of
    an image, `reading` that of the rules.
    """

    rule: str
    decision: int
    taken: str
    otherwise: str
    concerns: Callable[[Preview], bool]
    reading: Reading = DECIDED
    reread: Callable[[Image], Image] | None = None


def warnings(preview: Preview) -> Iterator[Finding]:
    """Every decision whose other reading makes another outcome, and what nobody can tell."""
    yield from _unknown_children(preview)
    here = _fates(preview)
    for silence in SILENCES:
        if silence.concerns(preview):
            yield from _difference(preview, here, silence)


def _unknown_children(preview: Preview) -> Iterator[Finding]:
    doubtful = tuple(result.image.digest for result in preview.results if result.cannot_tell)
    if doubtful:
        unknown = preview.relations.indexes_with_unknown_children
        yield Finding(
            "unknown-children",
            Severity.WARNING,
            f"cannot tell whether {count(len(doubtful), 'image')} that would go are children of "
            f"{count(len(unknown), 'index')[:-1] + 'es' if len(unknown) > 1 else 'an index'} whose "
            "manifests are not given: children stay while their index does",
            help="give the indexes' manifests, as `aws ecr batch-get-image` prints them",
            images=doubtful,
        )


def _difference(
    preview: Preview, here: Mapping[str, tuple[Action, int]], silence: Silence
) -> Iterator[Finding]:
    repository = preview.repository
    if silence.reread:
        reread = map(silence.reread, repository.images)
        repository = replace(repository, images=tuple(reread))
    other = evaluate(preview.policy, repository, now=preview.now, reading=silence.reading)
    there = _fates(other)
    changed = [
        image.digest
        for image in preview.repository.images
        if here.get(image.digest) != there.get(image.digest)
    ]
    if changed:
        first = changed[0]
        yield Finding(
            silence.rule,
            Severity.WARNING,
            f"decision {silence.decision}: {silence.taken}; {silence.otherwise}, "
            f"{count(len(changed), 'image')} would fare otherwise, such as `{shortened(first)}`, "
            f"which {_fate(here.get(first))} but would {_fate(there.get(first), plain=True)}",
            images=tuple(changed),
        )


def _fates(preview: Preview) -> Mapping[str, tuple[Action, int]]:
    return {
        result.image.digest: (result.action, result.rule_priority) for result in preview.results
    }


def _fate(fate: tuple[Action, int] | None, *, plain: bool = False) -> str:
    if fate is None:
        return "stay" if plain else "stays"
    return f"{'go' if plain else 'goes'} under rule {fate[1]}"


def _has_count_rule(preview: Preview) -> bool:
    return any(
        rule.selection.count_type is CountType.IMAGE_COUNT_MORE_THAN
        for rule in preview.policy.rules
    )


def _has_age_rule(preview: Preview) -> bool:
    return any(
        rule.selection.count_type is not CountType.IMAGE_COUNT_MORE_THAN
        for rule in preview.policy.rules
    )


def _has_later_count_rule(preview: Preview) -> bool:
    return len(preview.policy.rules) > 1 and _has_count_rule(preview)


def _has_equal_times(preview: Preview) -> bool:
    return _has_count_rule(preview) and any(
        younger == older
        for shelf in preview.shelves
        for younger, older in pairwise(shelf.ranking.times)
    )


def _has_children(preview: Preview) -> bool:
    return bool(preview.holders)


def _has_archived_holders(preview: Preview) -> bool:
    return bool(preview.relations.holders(archived_too=True))


def _has_restored(preview: Preview) -> bool:
    return any(image.activated_at for image in preview.repository.images)


def _has_referrers(preview: Preview) -> bool:
    return bool(preview.relations.subjects)


def _has_both_classes(preview: Preview) -> bool:
    return len({rule.selection.storage_class for rule in preview.policy.rules}) > 1


def _has_activating(preview: Preview) -> bool:
    return any(
        image.storage_class is StorageClass.ACTIVATING for image in preview.repository.images
    )


def _activating_as(storage_class: StorageClass) -> Callable[[Image], Image]:
    def reread(image: Image) -> Image:
        if image.storage_class is StorageClass.ACTIVATING:
            return replace(image, storage_class=storage_class)
        return image

    return reread


def _never_restored(image: Image) -> Image:
    return replace(image, activated_at=None) if image.activated_at else image


def _no_referrer(image: Image) -> Image:
    return replace(image, subject=None) if image.subject else image


SILENCES: Final = (
    Silence(
        "counts-owned-images",
        1,
        "a count includes images that higher rules own",
        "were they left out",
        _has_later_count_rule,
        Reading(counts_owned=False),
    ),
    Silence(
        "children-wait",
        2,
        "the children of an index that goes wait for the next run",
        "did they go with it",
        _has_children,
        Reading(children_wait=False),
    ),
    Silence(
        "archived-index",
        2,
        "an archived index holds nothing",
        "did it hold its children",
        _has_archived_holders,
        Reading(archived_indexes_hold=True),
    ),
    Silence(
        "age-limit",
        3,
        "older than N days is strictly more than N times 24 hours",
        "were exactly N times 24 hours enough",
        _has_age_rule,
        Reading(age=Age.INCLUSIVE),
    ),
    Silence(
        "age-in-whole-days",
        3,
        "older than N days is strictly more than N times 24 hours",
        "were ages cut to whole days",
        _has_age_rule,
        Reading(age=Age.WHOLE_DAYS),
    ),
    Silence(
        "equal-push-times",
        4,
        "of images pushed at the same instant, the greater digest counts as the younger",
        "did the smaller one",
        _has_equal_times,
        Reading(greater_digest_is_younger=False),
    ),
    Silence(
        "counts-children",
        5,
        "a count includes the children of indexes",
        "were they left out",
        lambda preview: _has_count_rule(preview) and _has_children(preview),
        Reading(counts_children=False),
    ),
    Silence(
        "restored-images",
        6,
        "an image restored from the archive is as old as its restoration",
        "did the push count",
        _has_restored,
        reread=_never_restored,
    ),
    Silence(
        "referrers",
        7,
        "a referrer goes with its subject and is identified by no rule",
        "were it an image like any other",
        _has_referrers,
        reread=_no_referrer,
    ),
    Silence(
        "owners-across-storage-classes",
        9,
        "a rule owns images of its own storage class alone",
        "did it own those of the other too",
        _has_both_classes,
        Reading(owners_cross_classes=True),
    ),
    Silence(
        "activating-images",
        11,
        "an image on its way from the archive is identified by no rule",
        "did it count as standard",
        _has_activating,
        reread=_activating_as(StorageClass.STANDARD),
    ),
    Silence(
        "activating-images-as-archived",
        11,
        "an image on its way from the archive is identified by no rule",
        "did it count as archived",
        _has_activating,
        reread=_activating_as(StorageClass.ARCHIVE),
    ),
)
