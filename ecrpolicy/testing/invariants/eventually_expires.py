"""Every image of some is gone within some time, whatever else is pushed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final, NamedTuple

from ecrpolicy.lifecycle import (
    Action,
    CountType,
    LifecyclePolicy,
    Rule,
    RuleStorageClass,
    evaluate,
)
from ecrpolicy.snapshot import StorageClass
from ecrpolicy.testing.invariants.broken import BreakingRepository
from ecrpolicy.testing.invariants.images import Images
from ecrpolicy.testing.invariants.result import Result
from ecrpolicy.testing.invariants.situations import (
    DAY,
    NOW,
    OVER,
    Owned,
    Situation,
    Situations,
    image,
    in_calendar,
)
from ecrpolicy.testing.invariants.spans import checked
from ecrpolicy.wording import duration

# Amazon ECR User Guide, "How lifecycle policies work": what meets a rule goes within 24 hours.
_RUNS_EVERY: Final = DAY


class _Staying(NamedTuple):
    """A repository whose image is older than it may be, and stays."""

    situation: Situation
    why: str


def eventually_expires(
    policy: LifecyclePolicy,
    *,
    within: timedelta,
    tag: str | None = None,
    untagged: bool = False,
) -> Result:
    """The first run on such an image that is older than `within` expires it, if none did before.

    The image is pushed into the standard storage class and keeps its tags; nobody archives or
    restores it, and the policy, which runs every 24 hours, stays as it is. No index refers to it:
    it would hold it for as long as it stands. No referrer is looked at: it goes with its subject.
    Raises ValueError for a span that is not above 0, or reaches beyond the calendar.

    >>> from ecrpolicy import lifecycle
    >>> policy = lifecycle.parse('''{"rules": [{"rulePriority": 1, "selection": {
    ...     "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days",
    ...     "countNumber": 14}, "action": {"type": "expire"}}]}''')
    >>> eventually_expires(policy, untagged=True, within=timedelta(days=14)).holds
    True
    >>> eventually_expires(policy, untagged=True, within=timedelta(days=7)).holds
    False
    """
    within = checked(within, "within")
    images = Images(tag, untagged)
    situations = Situations(policy, images)
    found = [
        staying
        for owned in situations.owned(RuleStorageClass.STANDARD)
        for staying in _staying(owned, situations, within)
    ]
    smallest = min(found, key=lambda each: each.situation.size, default=None)
    counterexample = None
    if smallest is not None:
        preview = evaluate(policy, smallest.situation.repository, now=NOW)
        counterexample = BreakingRepository(
            preview, (smallest.situation.image,), f"older than {duration(within)}, {smallest.why}"
        )
    return Result(
        f"every {images} is expired once it is older than {duration(within)}",
        counterexample,
        f"{situations.looked_at}; images that an index refers to aside, which it holds; a run "
        "every 24 hours",
        situations.is_complete,
    )


def _staying(owned: Owned, situations: Situations, within: timedelta) -> Iterator[_Staying]:
    """Repositories in which the image stays at an age at which it may not, alone as it is."""
    rule = owned.rule
    if rule is None:
        yield _alone(owned, within + OVER, "it stays: no rule is about it")
        return
    kind, days = rule.selection.count_type, rule.selection.count_number
    match kind:
        case CountType.IMAGE_COUNT_MORE_THAN:
            yield _alone(owned, within + OVER, "it stays until enough others are pushed")
        case CountType.SINCE_IMAGE_PULLED:
            pulled = image(owned, within + OVER, pulled=OVER)
            yield _Staying(Situation(pulled), "it stays for as long as somebody pulls it")
        case _ if not in_calendar(days) or days * DAY > within:
            age = within + OVER
            yield _alone(owned, min(age, days * DAY) if in_calendar(days) else age, "it stays")
        case _ if rule.action.type is Action.TRANSITION:
            yield from _archived(rule, days * DAY + _RUNS_EVERY, situations, within)


def _archived(
    rule: Rule, archived_at: timedelta, situations: Situations, within: timedelta
) -> Iterator[_Staying]:
    """The same for images that a rule archives, at the latest at some age."""
    for owned, other in situations.owned_twice(rule):
        if within < archived_at:
            yield _alone(owned, archived_at, "it is archived, not expired")
            continue
        # A run every 24 hours from the one that archived it: the first at which it is too old.
        age = archived_at + ((within - archived_at) // _RUNS_EVERY + 1) * _RUNS_EVERY
        number = None if other is None else other.selection.count_number
        if number is None or not in_calendar(number) or age - archived_at <= number * DAY:
            there = owned._replace(storage_class=StorageClass.ARCHIVE)
            judged = image(there, age, archived=age - archived_at)
            yield _Staying(Situation(judged), "it stays in the archive")


def _alone(owned: Owned, age: timedelta, why: str) -> _Staying:
    return _Staying(Situation(image(owned, age)), why)
