"""What another policy does otherwise, and why."""

from typing import Any

import pytest

from ecrpolicy.lifecycle import Comparison, Turn, compare
from ecrpolicy.snapshot import Image, Repository
from tests.builders import (
    NOW,
    any_image,
    count,
    digest,
    image,
    patterns,
    policy,
    prefixes,
    pushed,
    rule,
    untagged,
)

Rules = list[dict[str, Any]]


def compared(old: Rules, new: Rules, *images: Image) -> Comparison:
    """What some new rules do otherwise."""
    return compare(policy(*old), policy(*new), Repository("app", images), now=NOW)


def turns(found: Comparison) -> list[tuple[str, str, list[str]]]:
    """For each image that turns: its digit, how, and the changes that cause it."""
    return [
        (
            each.image.digest[-1],
            each.turn.name,
            [str(cause).split(":")[0] for cause in each.causes],
        )
        for each in found.turned
    ]


def test_images_that_go_under_the_one_or_the_other_alone() -> None:
    found = compared(
        [rule(prefixes("v") | count(1), priority=1), rule(untagged() | pushed(9), priority=2)],
        [rule(prefixes("v") | count(2), priority=1), rule(untagged() | pushed(3), priority=2)],
        image("a", "v1", days=3, size_bytes=5),
        image("b", "v2", days=2, size_bytes=7),
        image("c", "v3", days=1),
        image("d", days=5, size_bytes=11),
        image("e", days=1),
        image("f", days=10),
    )
    assert turns(found) == [
        ("d", "GOES", ["rule 2 changed"]),
        ("b", "STAYS", ["rule 1 changed"]),
    ]
    assert found.to_json()["turns"] == {
        "GOES": {"images": 1, "bytes": 11},
        "STAYS": {"images": 1, "bytes": 7},
        "OTHER_ACTION": {"images": 0, "bytes": 0},
        "OTHER_RULE": {"images": 0, "bytes": 0},
    }


def test_another_action() -> None:
    found = compared(
        [rule(any_image() | pushed(3))],
        [rule(any_image() | pushed(3), action="transition")],
        image("a", days=5),
    )
    assert turns(found) == [("a", "OTHER_ACTION", ["rule 1 changed"])]


def test_another_rule() -> None:
    found = compared(
        [rule(any_image() | pushed(3), priority=5)],
        [rule(prefixes("v") | pushed(2), priority=1), rule(any_image() | pushed(3), priority=5)],
        image("a", "v1", days=5),
        image("b", "w1", days=5),
    )
    assert turns(found) == [("a", "OTHER_RULE", ["rule 1 added"])]


def test_the_same_rule_with_another_number_is_no_difference() -> None:
    found = compared(
        [rule(any_image() | pushed(3), priority=5)],
        [rule(any_image() | pushed(3), priority=7)],
        image("a", "v1", days=5),
    )
    assert turns(found) == []
    assert len(found.changes) == 1


def test_a_new_rule_that_shields_is_the_cause() -> None:
    found = compared(
        [rule(any_image() | pushed(3), priority=5)],
        [rule(prefixes("v") | count(9), priority=1), rule(any_image() | pushed(3), priority=5)],
        image("a", "v1", days=5),
    )
    assert turns(found) == [("a", "STAYS", ["rule 1 added"])]


def test_a_rule_that_is_gone_is_the_cause() -> None:
    found = compared(
        [rule(prefixes("v") | count(9), priority=1), rule(any_image() | pushed(3), priority=5)],
        [rule(any_image() | pushed(3), priority=5)],
        image("a", "v1", days=5),
    )
    assert turns(found) == [("a", "GOES", ["rule 1 removed"])]


def test_an_order_that_has_changed_is_the_cause() -> None:
    first, second = patterns("v*") | count(9), patterns("*1") | pushed(3)
    found = compared(
        [rule(first, priority=1), rule(second, priority=2)],
        [rule(first, priority=2), rule(second, priority=1)],
        image("a", "v1", days=5),
        image("b", "v2", days=5),
    )
    ((digit, turn, causes),) = turns(found)
    assert (digit, turn) == ("a", "GOES")
    assert [cause.split(",")[0] for cause in causes] == ["rule 1 moved past another rule"]


def test_a_change_that_has_nothing_to_do_with_an_image_is_no_cause() -> None:
    found = compared(
        [rule(prefixes("v") | count(1), priority=1), rule(prefixes("w") | count(1), priority=2)],
        [rule(prefixes("v") | count(2), priority=1), rule(prefixes("w") | count(2), priority=2)],
        image("a", "v1", days=2),
        image("b", "v2", days=1),
    )
    assert turns(found) == [("a", "STAYS", ["rule 1 changed"])]
    assert len(found.changes) == 2


def test_a_referrer_turns_with_its_subject_and_for_its_cause() -> None:
    found = compared(
        [rule(any_image() | pushed(9))],
        [rule(any_image() | pushed(3))],
        image("a", days=5),
        image("b", days=1, subject=digest("a")),
        image("c", days=1, subject=digest("b")),
    )
    assert turns(found) == [
        ("a", "GOES", ["rule 1 changed"]),
        ("b", "GOES", ["rule 1 changed"]),
        ("c", "GOES", ["rule 1 changed"]),
    ]


def test_what_an_index_holds_does_not_turn() -> None:
    found = compared(
        [rule(untagged() | pushed(9))],
        [rule(untagged() | pushed(3))],
        image("a", days=5),
        image("e", "i", days=5, manifests=(digest("a"),)),
    )
    assert turns(found) == []


def test_both_explanations_of_an_image() -> None:
    found = compared(
        [rule(any_image() | pushed(9))], [rule(any_image() | pushed(3))], image("a", days=5)
    )
    before, after = found.explain(digest("a"))
    assert (before.result, after.result and after.result.rule_priority) == (None, 1)
    assert found.images(Turn.GOES) == found.old.repository.images
    with pytest.raises(KeyError):
        found.explain(digest("b"))


def test_an_image_that_turns_is_found_by_its_digest() -> None:
    found = compared(
        [rule(any_image() | pushed(9))],
        [rule(any_image() | pushed(3))],
        image("a", days=5),
        image("b", days=10),
    )
    assert list(found.by_digest) == [digest("a")]
    assert found.by_digest[digest("a")] is found.turned[0]


def test_what_is_open_under_one_policy_alone_is_a_warning() -> None:
    """Whether an image of exactly 5 days is older than 5 days is left open."""
    open_at_5, open_at_7 = [rule(any_image() | pushed(5))], [rule(any_image() | pushed(7))]
    images = image("a", days=5), image("b", days=7)
    found = compared(open_at_5, open_at_7, *images)
    assert [(side, warning.images) for side, warning in found.warnings] == [
        ("old", (digest("a"),)),
        ("new", (digest("b"),)),
    ]
    assert compared(open_at_5, open_at_5, *images).warnings == ()
