"""A naive, executable specification of a forecast: evaluate, apply, wait a day, and so on."""

from datetime import timedelta
from typing import Any, NamedTuple

from tests.reference import lifecycle
from tests.reference.lifecycle import Outcome
from tests.situations import Details, Situation

DAY = timedelta(days=1)


class Event(NamedTuple):
    """What one run does with one image."""

    day: int
    outcome: Outcome


def forecast(
    policy: dict[str, Any], situation: Situation, days: int, pushes: list[Details] | None = None
) -> list[Event]:
    """What daily runs do, that of day 0 at the time of the situation.

    `pushes` are images to come: a run sees those that were pushed before it, or as it starts.
    """
    images = list(situation.images)
    coming = list(pushes or ())
    events = []
    for day in range(days + 1):
        now = situation.now + day * DAY
        images += [each for each in coming if each["imagePushedAt"] <= now]
        coming = [each for each in coming if each["imagePushedAt"] > now]
        outcomes = lifecycle.evaluate(policy, images, now, situation.manifests)
        events += [Event(day, outcome) for outcome in outcomes]
        images = applied(images, outcomes, now)
    return events


def applied(images: list[Details], outcomes: list[Outcome], now: Any) -> list[Details]:
    """The images after a run: without what expired, and with what was archived in the archive."""
    actions = {outcome.digest: outcome.action for outcome in outcomes}
    left = [each for each in images if actions.get(each["imageDigest"]) != "EXPIRE"]
    return [
        {**each, "imageStatus": "ARCHIVED", "lastArchivedAt": now}
        if actions.get(each["imageDigest"]) == "TRANSITION"
        else each
        for each in left
    ]
