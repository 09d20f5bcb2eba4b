"""What a lifecycle policy would do with a repository, at a given time.

The rules of the evaluation: Amazon ECR User Guide, "How lifecycle policies work" and "Lifecycle
policy evaluation rules". Where it is silent, `reading` names the decisions.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from ecrpolicy.lifecycle.model import LifecyclePolicy
from ecrpolicy.lifecycle.preview import Preview, Results
from ecrpolicy.lifecycle.ranking import pushed_time, utc
from ecrpolicy.lifecycle.reading import DECIDED, Reading
from ecrpolicy.lifecycle.relations import Relations
from ecrpolicy.lifecycle.shelf import Shelf, shelve
from ecrpolicy.snapshot import Image, Repository, StorageClass

_Marked = list[tuple[Image, int]]


def evaluate(
    policy: LifecyclePolicy, repository: Repository, *, now: datetime, reading: Reading = DECIDED
) -> Preview:
    """What one run of the policy at `now` would do with the images of the repository.

    Raises ValueError where `now` has no time zone. Source: Amazon ECR User Guide, "Lifecycle
    policy evaluation rules".
    """
    if now.tzinfo is None:
        raise ValueError(f"`now` has no time zone: `{now.isoformat()}`")
    now = utc(now)
    relations = Relations(repository.images)
    shelves = _shelves(policy, repository.images, relations, now, reading)
    results = _results(policy, shelves, relations, reading)
    return Preview(policy, repository, now, results, reading, shelves, relations)


def _results(
    policy: LifecyclePolicy, shelves: Sequence[Shelf], relations: Relations, reading: Reading
) -> Results:
    if len(shelves) == 1 and relations.are_none:
        return Results(policy.by_priority, *shelves[0].marked(), {}, ())
    marked = [one for shelf in shelves for one in zip(*shelf.marked(), strict=True)]
    roots: dict[str, Image] = {}
    marked = _with_referrers(_released(marked, relations, reading), relations, roots)
    marked = _older_first(marked, reading)
    return Results(
        policy.by_priority,
        [image for image, _ in marked],
        bytes(number for _, number in marked),
        roots,
        relations.indexes_with_unknown_children,
    )


def _shelves(
    policy: LifecyclePolicy,
    images: Sequence[Image],
    relations: Relations,
    now: datetime,
    reading: Reading,
) -> tuple[Shelf, ...]:
    """The rules applied, for each storage class that some rule looks at.

    Referrers are on no shelf: they go with their subjects. An image on its way from the archive
    is on none either.
    """
    rules = policy.by_priority
    looked_at = {rule.selection.storage_class.value for rule in rules}
    children = frozenset[str]() if reading.counts_children else frozenset(relations.holders())
    return tuple(
        shelve(
            _identifiable(images, storage_class, relations),
            storage_class,
            rules,
            now=now,
            reading=reading,
            children=children,
        )
        for storage_class in (StorageClass.STANDARD, StorageClass.ARCHIVE)
        if storage_class.value in looked_at
    )


def _identifiable(
    images: Sequence[Image], storage_class: StorageClass, relations: Relations
) -> list[Image]:
    of_class = [image for image in images if image.storage_class is storage_class]
    if not relations.subjects:
        return of_class
    return [image for image in of_class if image.digest not in relations.subjects]


def _released(marked: _Marked, relations: Relations, reading: Reading) -> _Marked:
    """The marked images without those that an index holds.

    An index that goes in this run still holds its children: they wait for the next run.
    """
    holders = relations.holders(archived_too=reading.archived_indexes_hold)
    if not reading.children_wait:
        _let_go(marked, relations, holders)
    return [one for one in marked if not holders.get(one[0].digest)]


def _let_go(marked: _Marked, relations: Relations, holders: dict[str, list[str]]) -> None:
    """The other reading: take those that go from the holders, until none goes any more."""
    children: defaultdict[str, list[str]] = defaultdict(list)
    for child, indexes in holders.items():
        for index in indexes:
            children[index].append(child)
    digests = {image.digest for image, _ in marked}
    waiting = [digest for digest in digests if not holders.get(digest)]
    while waiting:
        digest = waiting.pop()
        for gone in (digest, *(referrer.digest for referrer in relations.referrers(digest))):
            for child in children[gone]:
                holders[child].remove(gone)
                if not holders[child] and child in digests:
                    waiting.append(child)


def _with_referrers(marked: _Marked, relations: Relations, roots: dict[str, Image]) -> _Marked:
    """The marked images and the referrers that go with them, whatever holds those.

    `roots` is told for each referrer which image takes it along.
    """
    if not relations.subjects:
        return marked
    everything = list(marked)
    for image, number in marked:
        for referrer in relations.referrers(image.digest):
            roots[referrer.digest] = image
            everything.append((referrer, number))
    return everything


def _older_first(marked: _Marked, reading: Reading) -> _Marked:
    """In the order of action: Amazon ECR User Guide, "Lifecycle policy evaluation rules"."""
    by_digest = sorted(
        marked, key=lambda one: one[0].digest, reverse=not reading.greater_digest_is_younger
    )
    return sorted(by_digest, key=lambda one: pushed_time(one[0]))
