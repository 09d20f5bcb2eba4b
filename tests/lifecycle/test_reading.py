"""The other readings of what Amazon's documents leave open, each beside the decision."""

from typing import Any

import pytest

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Age, Reading
from ecrpolicy.snapshot import Image, Repository
from tests.builders import INDEX, NOW, any_image, count, digest, gone, image, policy, pushed, rule

OLD = rule(any_image() | pushed(10))


def taken(reading: Reading, rules: list[dict[str, Any]], *images: Image) -> list[str]:
    """The digits of what goes, in order."""
    repository = Repository("app", images)
    preview = lifecycle.evaluate(policy(*rules), repository, now=NOW, reading=reading)
    return [digit for digit, _ in gone(preview)]


def index(digit: str, *children: str, days: float = 20, **members: Any) -> Image:
    held = tuple(digest(child) for child in children)
    return image(digit, days=days, manifest_media_type=INDEX, manifests=held, **members)


def test_of_two_pushed_at_once_the_one_with_the_greater_digest_is_younger() -> None:
    twins = image("1", days=20), image("2", days=20)
    assert taken(Reading(), [OLD], *twins) == ["1", "2"]
    assert taken(Reading(greater_digest_is_younger=False), [OLD], *twins) == ["2", "1"]


def test_of_two_that_are_acted_on_beside_an_index_the_order_is_the_same() -> None:
    images = index("3"), image("1", days=20), image("2", days=20)
    assert taken(Reading(), [OLD], *images) == ["1", "2", "3"]
    assert taken(Reading(greater_digest_is_younger=False), [OLD], *images) == ["3", "2", "1"]


def test_children_of_indexes_are_counted() -> None:
    images = index("3", "1", days=1), image("1", days=2), image("2", days=3)
    keep_two = [rule(any_image() | count(2))]
    assert taken(Reading(), keep_two, *images) == ["2"]
    assert taken(Reading(counts_children=False), keep_two, *images) == []


# Children that do not wait for the next run


GO_AT_ONCE = Reading(children_wait=False)


def test_children_wait_for_the_run_after_that_of_their_index() -> None:
    images = index("3", "1", "2"), image("1", days=20), image("2", days=20)
    assert taken(Reading(), [OLD], *images) == ["3"]
    assert taken(GO_AT_ONCE, [OLD], *images) == ["1", "2", "3"]


def test_a_referrer_over_two_levels_lets_its_children_go_once() -> None:
    """`5` refers to `4`, that refers to `3`, which goes; and `5` is an index that holds `1`."""
    images = (
        image("3", "v", days=20),
        image("4", subject=digest("3")),
        index("5", "1", subject=digest("4")),
        image("1", days=20),
    )
    assert set(taken(Reading(), [OLD], *images)) == {"3", "4", "5"}
    assert set(taken(GO_AT_ONCE, [OLD], *images)) == {"1", "3", "4", "5"}


def test_a_child_that_another_index_holds_does_not_go() -> None:
    images = index("3", "1"), index("4", "1", days=1), image("1", days=20)
    assert taken(GO_AT_ONCE, [OLD], *images) == ["3"]


def test_a_child_goes_when_all_that_hold_it_go() -> None:
    images = index("3", "1"), index("4", "1"), image("1", days=20)
    assert taken(GO_AT_ONCE, [OLD], *images) == ["1", "3", "4"]


def test_indexes_of_indexes_go_one_after_another() -> None:
    images = index("5", "4"), index("4", "3"), image("3", days=20)
    assert taken(GO_AT_ONCE, [OLD], *images) == ["3", "4", "5"]


def test_an_index_that_stays_as_a_child_holds_its_own() -> None:
    """A rule marks it, but the index that lists it is young."""
    images = index("5", "4", days=1), index("4", "3"), image("3", days=20)
    assert taken(GO_AT_ONCE, [OLD], *images) == []


def test_a_child_that_no_rule_marks_stays() -> None:
    """And what it would hold stays with it."""
    images = index("5", "4"), index("4", "3", days=1), image("3", days=20)
    assert taken(GO_AT_ONCE, [OLD], *images) == ["5"]


def test_a_referrer_that_holds_a_child_lets_it_go_with_its_subject() -> None:
    subject = image("6", days=20)
    referrer = index("5", "1", days=1, subject=digest("6"))
    assert taken(GO_AT_ONCE, [OLD], subject, referrer, image("1", days=20)) == ["1", "6", "5"]


def test_a_referrer_of_a_referrer_lets_its_child_go_once() -> None:
    subject = image("6", days=20)
    referrer = image("5", days=1, subject=digest("6"))
    further = index("4", "1", days=1, subject=digest("5"))
    images = subject, referrer, further, image("1", days=20)
    assert taken(GO_AT_ONCE, [OLD], *images) == ["1", "6", "4", "5"]


def test_an_index_that_was_dealt_with_does_not_end_the_search() -> None:
    """One that is come upon twice, as a marked image and as a referrer of one."""
    subject = image("6", days=20)
    referrer = index("5", "2", days=20, subject=digest("6"))
    images = subject, referrer, index("4", "1"), image("1", days=20), image("2", days=20)
    assert taken(GO_AT_ONCE, [OLD], *images) == ["1", "2", "4", "5", "6"]


@pytest.mark.parametrize(
    ("age", "days", "goes"),
    [
        (Age.STRICT, 10, False),
        (Age.STRICT, 10.001, True),
        (Age.INCLUSIVE, 10, True),
        (Age.INCLUSIVE, 9.999, False),
        (Age.WHOLE_DAYS, 10.9, False),
        (Age.WHOLE_DAYS, 11, True),
    ],
)
def test_what_older_means(age: Age, days: float, goes: bool) -> None:
    assert bool(taken(Reading(age=age), [OLD], image("1", days=days))) is goes
