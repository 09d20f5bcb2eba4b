"""Of some images, so many are always kept, or all that there are."""

from ecrpolicy.lifecycle import Action, CountType, LifecyclePolicy, evaluate
from ecrpolicy.testing.invariants.broken import BreakingRepository
from ecrpolicy.testing.invariants.images import Images
from ecrpolicy.testing.invariants.result import Result
from ecrpolicy.testing.invariants.situations import NOW, Owned, Situation, Situations, image, past
from ecrpolicy.wording import count


def always_keeps(
    policy: LifecyclePolicy, *, at_least: int, tag: str | None = None, untagged: bool = False
) -> Result:
    """A run leaves so many images with such a tag (or without one, or any), or all there are.

    An image that is archived is kept. Raises ValueError where `at_least` is not above 0.

    >>> from ecrpolicy import lifecycle
    >>> policy = lifecycle.parse('''{"rules": [{"rulePriority": 1, "selection": {
    ...     "tagStatus": "tagged", "tagPatternList": ["release-*"], "countNumber": 5,
    ...     "countType": "imageCountMoreThan"}, "action": {"type": "expire"}}]}''')
    >>> always_keeps(policy, at_least=5, tag="release-*").holds
    True
    >>> always_keeps(policy, at_least=6, tag="release-*").holds
    False
    """
    if at_least < 1:
        raise ValueError(f"`at_least` is {at_least}: give a number above 0")
    images = Images(tag, untagged)
    situations = Situations(policy, images)
    found = [
        situation
        for owned in situations.owned()
        if owned.rule is not None and owned.rule.action.type is Action.EXPIRE
        if (situation := _losing(owned, situations, at_least)) is not None
    ]
    smallest = min(found, key=lambda each: each.size, default=None)
    return Result(
        f"of each {images}, a run leaves {at_least:,}, or as many as there are",
        None if smallest is None else _counterexample(policy, smallest, images),
        situations.looked_at,
        situations.is_complete,
    )


def _losing(owned: Owned, situations: Situations, at_least: int) -> Situation | None:
    """The fewest images of which the owner takes the last, or one of the last, if it can.

    A count keeps as many as it says of those that it identifies; nothing else keeps an image. If
    these can be others than the invariant is about, none of the latter need be left. Rules before
    it that expire such images are looked at for themselves: of all rules that take some, the first
    keeps the youngest of its own, for the others before it take none.
    """
    if owned.rule is None:
        return None
    selection = owned.rule.selection
    age = past(selection, None)
    if age is None:
        return None
    judged = image(owned, age)
    if selection.count_type is not CountType.IMAGE_COUNT_MORE_THAN:
        return Situation(judged)
    younger = situations.younger(owned, others=selection.count_number >= at_least)
    return None if younger is None else Situation(judged, younger)


def _counterexample(
    policy: LifecyclePolicy, situation: Situation, images: Images
) -> BreakingRepository:
    preview = evaluate(policy, situation.repository, now=NOW)
    gone = {result.image.digest for result in preview.results if result.action is Action.EXPIRE}
    there = [each for each in situation.repository.images if images.has(each)]
    lost = tuple(each for each in there if each.digest in gone)
    left = len(there) - len(lost)
    why = f"of {count(len(there), 'such image')}, {left:,} {'is' if left == 1 else 'are'} left"
    return BreakingRepository(preview, lost, why)
