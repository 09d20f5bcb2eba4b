"""The invariants of lifecycle policies say what trying all small repositories says."""

from datetime import timedelta
from random import Random

import pytest

from ecrpolicy.lifecycle import Action, LifecyclePolicy, Preview, evaluate
from ecrpolicy.snapshot import Repository
from ecrpolicy.testing import invariants
from ecrpolicy.testing.invariants import BreakingRepository, Result
from ecrpolicy.testing.invariants.images import Images
from tests.builders import NOW
from tests.testing.invariants import brute

DAY = timedelta(days=1)
SEEDS = range(30)


@pytest.fixture(scope="module")
def repositories() -> list[Repository]:
    """All repositories of one image or two, and some of three."""
    some = Random(0).sample(list(brute.images(3)), 400)
    return [*brute.repositories(2), *map(brute.repository, some)]


def random_case(seed: int) -> tuple[LifecyclePolicy, Images, Random]:
    random = Random(seed)
    return brute.random_policy(random), brute.random_images(random), random


def counterexample(result: Result) -> Preview | None:
    """What a run does with the repository that was found; nothing was left out."""
    assert result.is_complete
    if result.counterexample is None:
        assert result.holds
        return None
    assert isinstance(result.counterexample, BreakingRepository)
    assert not result.holds
    return result.counterexample.preview


def agree(found: Preview | None, tried: list[Preview]) -> None:
    """Whether something breaks an invariant where that is found by trying, and nothing smaller."""
    sizes = [len(preview.repository.images) for preview in tried]
    if found is None:
        assert sizes == []
    else:
        assert len(found.repository.images) <= min(sizes, default=3)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_runs_take(repositories: list[Repository], seed: int) -> None:
    policy, images, random = random_case(seed)
    tag, untagged = images.tag, images.untagged
    previews = [evaluate(policy, each, now=NOW) for each in repositories]
    below = random.choice([None, DAY, 2 * DAY, 3 * DAY, 95 * DAY])
    for action, never in (
        (Action.EXPIRE, invariants.never_expires),
        (Action.TRANSITION, invariants.never_archives),
    ):
        found = counterexample(never(policy, tag=tag, untagged=untagged, younger_than=below))
        if found is not None:
            assert brute.breaks_never(found, images, below, action)
        agree(found, [each for each in previews if brute.breaks_never(each, images, below, action)])
    for at_least in (1, 2, 3):
        found = counterexample(
            invariants.always_keeps(policy, at_least=at_least, tag=tag, untagged=untagged)
        )
        if found is not None:
            assert brute.breaks_keeping(found, images, at_least)
        agree(found, [each for each in previews if brute.breaks_keeping(each, images, at_least)])


@pytest.mark.parametrize("seed", range(60))
def test_what_runs_leave_for_too_long(seed: int) -> None:
    policy, images, random = random_case(seed)
    within = random.choice([DAY, 1.5 * DAY, 2 * DAY, 3 * DAY, 92 * DAY, 93 * DAY, 94 * DAY])
    result = invariants.eventually_expires(
        policy, within=within, tag=images.tag, untagged=images.untagged
    )
    assert result.is_complete
    assert result.holds is not brute.stays_too_long(policy, images, within)
