"""Holds forecasts against a run of the reference every day, over as many random cases as one likes.

    python -m tests.differential_forecast --cases 20000 --seed 1 --jobs 2

Policies and repositories are those of `tests.differential`; some of the images are yet to come.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle.forecast import Forecast, forecast
from tests.campaign import Campaign
from tests.cases import outcome
from tests.differential import random_policy, random_situation
from tests.reference import forecast as reference
from tests.reference.forecast import Event
from tests.reference.lifecycle import subject
from tests.situations import Details, Situation, image

GOALS = (
    *("goes today", "goes later", "goes from the archive after it was archived"),
    *("an index lets a child go", "a child of an index waits for its age"),
    *("a child goes by a count, later", "an archived index lets a child go"),
    *("a doubt ends", "a cascade later", "a pushed image goes", "a push makes a count go"),
    *("a pushed index holds", "an image has no time to be older than"),
)

# Long enough for images that are archived at first to be old enough for the archive's rules.
_DAYS = (1, 2, 3, 4, 6, 9, 9, 9, 97)


def compare(seed: int, number: int, reached: Counter[str]) -> dict[str, Any] | None:
    """Run one case; the disagreement, where there is one."""
    random = Random(f"forecast/{seed}/{number}")
    policy, whole = random_policy(random), random_situation(random)
    situation, pushes = with_pushes(random, whole)
    days = random.choice(_DAYS)
    theirs = reference.forecast(policy, situation, days, pushes)
    try:
        found = forecasted(policy, situation, days, pushes)
    except Exception as error:  # any error at all is a disagreement
        return _told(policy, situation, days, pushes, {"error": repr(error)})
    if events(found) != theirs:
        answers = {"ours": list(map(str, events(found))), "reference": list(map(str, theirs))}
        return _told(policy, situation, days, pushes, answers)
    reached.update(set(_reached(policy, situation, found)))
    return None


def forecasted(
    policy: dict[str, Any], situation: Situation, days: int, pushes: Sequence[Details] = ()
) -> Forecast:
    """What a policy document will do in a situation."""
    return forecast(
        lifecycle.parse(policy),
        situation.repository(),
        now=situation.now,
        days=days,
        pushes=[image(each, situation.manifests) for each in pushes],
    )


def events(found: Forecast) -> list[Event]:
    """A forecast as the reference gives it."""
    return [Event(each.day, outcome(each)) for each in found.departures]


def with_pushes(random: Random, whole: Situation) -> tuple[Situation, list[Details]]:
    """A situation in which some images are yet to come, each with its subject and its referrers."""
    if random.random() < 0.5:
        return whole, []
    roots = {each["imageDigest"]: _root(each, whole.images) for each in whole.images}
    coming = {
        root: timedelta(hours=random.choice((0, 1, 23, 24, 25, 48, 72)))
        for root in dict.fromkeys(roots.values())
        if random.random() < 0.5
    }
    here = [each for each in whole.images if roots[each["imageDigest"]] not in coming]
    pushes = [
        {
            **each,
            "imagePushedAt": whole.now + coming[roots[each["imageDigest"]]],
            "imageStatus": "ACTIVE",
            "lastActivatedAt": None,
            "lastRecordedPullTime": None,
        }
        for each in whole.images
        if roots[each["imageDigest"]] in coming
    ]
    return Situation(whole.now, here, whole.manifests), pushes


def _root(each: Details, images: list[Details]) -> str:
    """The digest at the end of the subjects of an image; the least of those in a circle."""
    seen: list[str] = []
    while each["imageDigest"] not in seen:
        seen.append(each["imageDigest"])
        following = subject(each, images)
        if following is None:
            return str(each["imageDigest"])
        each = following
    return min(seen[seen.index(each["imageDigest"]) :])


def _told(
    policy: dict[str, Any],
    situation: Situation,
    days: int,
    pushes: list[Details],
    answers: dict[str, Any],
) -> dict[str, Any]:
    return {
        "now": situation.now.isoformat(),
        "days": days,
        "policy": policy,
        "images": situation.images,
        "manifests": situation.manifests,
        "pushes": pushes,
        **answers,
    }


def _reached(policy: dict[str, Any], situation: Situation, found: Forecast) -> Iterator[str]:
    counting = {
        rule["rulePriority"]
        for rule in policy["rules"]
        if rule["selection"]["countType"] == "imageCountMoreThan"
    }
    left: dict[str, int] = {}
    archived: set[str] = set()
    pushed = {each.digest for each in found.pushes}
    holders = {child: index for index, held in situation.manifests.items() for child in held}
    was_in_doubt = any(each.cannot_tell for each in found.departures)
    for each in found.departures:
        digest, index = each.image.digest, holders.get(each.image.digest)
        yield "goes later" if each.day else "goes today"
        if digest in archived and each.action.name == "EXPIRE":
            yield "goes from the archive after it was archived"
        if index in left and not each.cascade:
            if each.day == left[index] + 1:
                yield "an index lets a child go"
                if index in archived:
                    yield "an archived index lets a child go"
                if each.rule_priority in counting:
                    yield "a child goes by a count, later"
            elif each.day > left[index] + 1:
                yield "a child of an index waits for its age"
        if each.cascade and each.day:
            yield "a cascade later"
        if was_in_doubt and not each.cannot_tell and not each.image.tags:
            yield "a doubt ends"
        if digest in pushed:
            yield "a pushed image goes"
            if index in pushed:
                yield "a pushed index holds"
        if each.day and each.rule_priority in counting and digest not in pushed and pushed:
            yield "a push makes a count go"
        left.setdefault(digest, each.day)
        if each.action.name == "TRANSITION":
            archived.add(digest)
    if any(
        each.storage_class.value == "archive" and each.archived_at is None
        for each in found.repository.images
    ):
        yield "an image has no time to be older than"


CAMPAIGN = Campaign("tests.differential_forecast", compare, GOALS)
run_cases, main = CAMPAIGN.run_cases, CAMPAIGN.main

if __name__ == "__main__":
    sys.exit(main())
