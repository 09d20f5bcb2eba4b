"""Comparisons in every format: what other people wrote shows as text."""

import csv as standard
import io

import pytest

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Comparison, Search
from ecrpolicy.render import compare_words, csv, markdown, text
from ecrpolicy.snapshot import Repository
from tests.builders import (
    NOW,
    any_image,
    count,
    image,
    policy,
    prefixes,
    pulled,
    pushed,
    rule,
)
from tests.render import hostile
from tests.render.test_markdown import live
from tests.render.test_text import console, written


def named(name: str) -> tuple[Comparison, Search]:
    """A comparison in which the repository, a prefix and two tags bear a name."""
    images = (image("a", f"{name}1", days=5), image("b", f"{name}2", days=1))
    old = policy(rule(prefixes(name) | count(1), description=name))
    new = policy(rule(prefixes(name) | count(2), description=name))
    found = lifecycle.compare(old, new, Repository(name, images), now=NOW)
    return found, lifecycle.search(old, new, now=NOW)


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_a_terminal_is_not_steered(name: str) -> None:
    shown = console()
    comparison, search = named(name)
    text.comparison(comparison, shown)
    text.search(search, shown)
    assert all(line.isprintable() for line in written(shown))


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_markdown_shows_it_as_it_is(name: str) -> None:
    for line in markdown.comparison(*named(name)).split("\n"):
        assert line.isprintable()
        assert not live(line), line


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_csv_holds_it(name: str) -> None:
    comparison, _ = named(name)
    made = csv.comparison(comparison)
    assert made.replace("\n", "").isprintable()
    assert len(list(standard.DictReader(io.StringIO(made, newline="")))) == 2


def test_groups_are_by_how_and_why() -> None:
    old = policy(
        rule(prefixes("v") | count(1), priority=1),
        rule(prefixes("w") | count(1), priority=2),
        rule(any_image() | pulled(3), priority=3, action="transition"),
    )
    new = policy(
        rule(prefixes("v") | count(2), priority=1),
        rule(prefixes("w") | count(2), priority=2),
        rule(any_image() | pushed(3), priority=3),
    )
    images = (
        *(image(digit, f"v{digit}", days=1) for digit in "12"),
        *(image(digit, f"w{digit}", days=1) for digit in "345"),
        image("6", days=9),
    )
    found = lifecycle.compare(old, new, Repository("app", images), now=NOW)
    assert [heading for heading, _ in compare_words.groups(found)] == [
        "1 image, 0 B, goes under the old policy and stays under the new: rule 1 is changed",
        "1 image, 0 B, goes under the old policy and stays under the new: rule 2 is changed",
        "1 image, 0 B, is archived under the old policy and expires under the new: rule 3 is "
        "changed",
    ]
    ((_, (turned,)),) = list(compare_words.groups(found))[2:]
    assert compare_words.fate(turned.old) == "rule 3 (archive)"
    assert compare_words.fate(turned.new) == "rule 3"


def test_what_is_archived_instead_of_expiring_is_told_apart() -> None:
    """Both for one cause: what was archived expires, and what expired is archived."""
    old = policy(rule(prefixes("v") | pushed(3), priority=1, action="transition"))
    new = policy(rule(prefixes("v") | pushed(3), priority=1))
    images = (image("1", "v1", days=9), image("2", "v2", days=9))
    repository = Repository("app", images)
    there = lifecycle.compare(old, new, repository, now=NOW)
    back = lifecycle.compare(new, old, repository, now=NOW)
    assert [heading for each in (there, back) for heading, _ in compare_words.groups(each)] == [
        "2 images, 0 B, are archived under the old policy and expire under the new: rule 1 is "
        "changed",
        "2 images, 0 B, expire under the old policy and are archived under the new: rule 1 is "
        "changed",
    ]


def test_long_groups_are_cut() -> None:
    old, new = policy(rule(any_image() | count(9))), policy(rule(any_image() | count(1)))
    images = tuple(image(digit, days=1) for digit in "12345")
    found = lifecycle.compare(old, new, Repository("app", images), now=NOW)
    shown = console()
    text.comparison(found, shown, rows=3)
    assert "and 1 image more: `--all` shows them" in written(shown)
