"""Forecasts in every format: what other people wrote shows as text."""

import csv as standard
import io
import json as standard_json

import pytest

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Forecast, Rhythm
from ecrpolicy.render import csv, forecast_words, json, markdown, text
from ecrpolicy.snapshot import Repository
from tests.builders import (
    INDEX,
    NOW,
    any_image,
    archived,
    digest,
    image,
    policy,
    prefixes,
    pulled,
    pushed,
    rule,
    untagged,
)
from tests.render import hostile
from tests.render.test_markdown import live
from tests.render.test_text import console, written


def named(name: str) -> Forecast:
    """A forecast in which the repository and two tags bear a name, and pushes go on."""
    images = (image("a", f"{name}1", days=5), image("b", f"{name}2", days=1))
    repository = Repository(name, images)
    return lifecycle.forecast(
        policy(rule(any_image() | pushed(3), description=name)),
        repository,
        now=NOW,
        days=3,
        rhythm=Rhythm.of(repository, now=NOW),
    )


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_a_terminal_is_not_steered(name: str) -> None:
    found, shown = named(name), console()
    text.forecast(found, [forecast_words.first(found, f"{name}*")], shown)
    assert all(line.isprintable() for line in written(shown))


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_markdown_shows_it_as_it_is(name: str) -> None:
    found = named(name)
    made = markdown.forecast(found, [forecast_words.first(found, f"{name}*")])
    for line in made.split("\n"):
        assert line.isprintable()
        assert not live(line), line


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_csv_and_json_hold_it(name: str) -> None:
    found = named(name)
    rows = list(standard.DictReader(io.StringIO(csv.forecast(found), newline="")))
    assert len(rows) == len(found.departures) + len(found.staying)
    assert csv.forecast(found).replace("\n", "").isprintable()
    answer = standard_json.loads(json.forecast(found, (), None))
    assert answer["departures"][0]["imageTags"] == [f"{name}1"]


def test_what_is_special_about_a_departure() -> None:
    rules = [
        rule(prefixes("v") | pulled(3), priority=1, action="transition"),
        rule(untagged() | pushed(3), priority=2),
        rule(any_image() | archived(90), priority=3),
    ]
    images = (
        image("a", "v1", days=9),
        image("b", days=9),
        image("c", "s", days=9, subject=digest("b")),
        image("d", "x", days=9, manifest_media_type=INDEX),
    )
    found = lifecycle.forecast(policy(*rules), Repository("app", images), now=NOW, days=95)
    assert [forecast_words.tags(found, each) for each in found.departures] == [
        "v1 (to the archive)",
        "(no tag) (may be held)",
        "s (with its subject) (may be held)",
        "v1",
    ]
    assert list(forecast_words.totals(found)) == [
        "3 images expire, 0 B",
        "1 image moves to the archive, 0 B",
        "1 image stays to the end, 0 B",
    ]
    shown = console()
    text.forecast(found, (), shown)
    assert any(line.startswith("warning: cannot tell whether 2 images") for line in written(shown))
    assert "> **warning** cannot tell whether 2 images that would go" in markdown.forecast(
        found, ()
    )


def test_milestones_are_days_of_the_forecast() -> None:
    def days(number: int) -> list[int]:
        found = lifecycle.forecast(
            policy(rule(any_image() | pushed(3))), Repository("app", ()), now=NOW, days=number
        )
        return [kept.day for kept in forecast_words.milestones(found)]

    assert days(1) == [0, 1]
    assert days(30) == [0, 1, 7, 14, 30]
    assert days(800) == [0, 1, 7, 14, 30, 60, 90, 180, 365, 730, 800]
