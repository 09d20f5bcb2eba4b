"""No image of some goes: at no age, or while it is younger than some."""

from datetime import timedelta

from ecrpolicy.lifecycle import Action, CountType, LifecyclePolicy, evaluate
from ecrpolicy.testing.invariants.broken import BreakingRepository
from ecrpolicy.testing.invariants.images import Images
from ecrpolicy.testing.invariants.result import Result
from ecrpolicy.testing.invariants.situations import NOW, Owned, Situation, Situations, image, past
from ecrpolicy.testing.invariants.spans import checked
from ecrpolicy.wording import duration


def never_expires(
    policy: LifecyclePolicy,
    *,
    tag: str | None = None,
    untagged: bool = False,
    younger_than: timedelta | None = None,
) -> Result:
    """No run expires an image with such a tag (or without one, or any) that is younger than that.

    An image is as old as its push. Without `younger_than` it is expired at no age.
    Raises ValueError for a span that is not above 0, or reaches beyond the calendar.

    >>> from ecrpolicy import lifecycle
    >>> policy = lifecycle.parse('''{"rules": [{"rulePriority": 1, "selection": {
    ...     "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days",
    ...     "countNumber": 14}, "action": {"type": "expire"}}]}''')
    >>> never_expires(policy, tag="prod-*", younger_than=timedelta(days=14)).holds
    True
    >>> never_expires(policy, tag="prod-*", younger_than=timedelta(days=30)).holds
    False
    """
    return _never(policy, Images(tag, untagged), younger_than, Action.EXPIRE)


def never_archives(
    policy: LifecyclePolicy,
    *,
    tag: str | None = None,
    untagged: bool = False,
    younger_than: timedelta | None = None,
) -> Result:
    """No run archives an image with such a tag (or without one, or any) that is younger than that.

    Otherwise as `never_expires`.
    """
    return _never(policy, Images(tag, untagged), younger_than, Action.TRANSITION)


def _never(
    policy: LifecyclePolicy, images: Images, younger_than: timedelta | None, action: Action
) -> Result:
    below = None if younger_than is None else checked(younger_than, "younger_than")
    situations = Situations(policy, images)
    found = [
        situation
        for owned in situations.owned()
        if owned.rule is not None and owned.rule.action.type is action
        if (situation := _going(owned, situations, below)) is not None
    ]
    verb = "expired" if action is Action.EXPIRE else "archived"
    while_young = "" if below is None else f" while it is younger than {duration(below)}"
    smallest = min(found, key=lambda each: each.size, default=None)
    counterexample = None
    if smallest is not None:
        preview = evaluate(policy, smallest.repository, now=NOW)
        counterexample = BreakingRepository(preview, (smallest.image,), f"the first is {verb}")
    return Result(
        f"no {images} is {verb}{while_young}",
        counterexample,
        situations.looked_at,
        situations.is_complete,
    )


def _going(owned: Owned, situations: Situations, below: timedelta | None) -> Situation | None:
    """A repository in which the owner marks its image, if there is one."""
    if owned.rule is None:
        return None
    selection = owned.rule.selection
    age = past(selection, below)
    if age is None:
        return None
    if selection.count_type is not CountType.IMAGE_COUNT_MORE_THAN:
        return Situation(image(owned, age))
    younger = situations.younger(owned)
    return None if younger is None else Situation(image(owned, age), younger)
