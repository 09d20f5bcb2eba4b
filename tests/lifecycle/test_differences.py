"""A preview of ours, held against the service's own."""

import pytest

from ecrpolicy.lifecycle import Action, Preview
from ecrpolicy.lifecycle.differences import Difference, Fate, differences
from tests.builders import any_image, count, digest, image, preview, rule

ONE = Fate(Action.EXPIRE, 1)
TWO = Fate(Action.EXPIRE, 2)
ARCHIVED = Fate(Action.TRANSITION, 1)


@pytest.fixture
def ours() -> Preview:
    """The image `c` stays; `a`, its signature `5`, and `b` go under rule 1."""
    return preview(
        [rule(any_image() | count(1))],
        image("b", "v1", days=2),
        image("a", "v2", days=3),
        image("5", days=2, subject=digest("a")),
        image("c", "v3", days=1),
    )


def test_equal_fates_are_no_difference(ours: Preview) -> None:
    theirs = {digest("a"): ONE, digest("b"): ONE, digest("5"): ONE}
    assert list(differences(ours, theirs)) == []


def test_a_referrer_that_goes_along_may_be_missing(ours: Preview) -> None:
    assert list(differences(ours, {digest("a"): ONE, digest("b"): ONE})) == []


def test_a_referrer_that_fares_otherwise_is_a_difference(ours: Preview) -> None:
    theirs = {digest("a"): ONE, digest("b"): ONE, digest("5"): TWO}
    assert list(differences(ours, theirs)) == [Difference(digest("5"), ONE, TWO)]


@pytest.mark.parametrize("theirs", [TWO, ARCHIVED])
def test_another_rule_or_action_is_a_difference(ours: Preview, theirs: Fate) -> None:
    found = list(differences(ours, {digest("a"): theirs, digest("b"): ONE}))
    assert found == [Difference(digest("a"), ONE, theirs)]


def test_differences_stand_in_the_order_of_the_snapshot(ours: Preview) -> None:
    found = list(differences(ours, {digest("c"): ONE}))
    assert found == [
        Difference(digest("b"), ONE, None),
        Difference(digest("a"), ONE, None),
        Difference(digest("c"), None, ONE),
    ]


def test_images_that_the_snapshot_does_not_have_stand_last(ours: Preview) -> None:
    theirs = {digest("9"): TWO, digest("a"): ONE}
    assert list(differences(ours, theirs)) == [
        Difference(digest("b"), ONE, None),
        Difference(digest("9"), None, TWO, known=False),
    ]


def test_a_fate_in_words_and_as_json() -> None:
    assert str(ONE) == "expires under rule 1"
    assert str(ARCHIVED) == "is archived under rule 1"
    assert ARCHIVED.to_json() == {"action": "TRANSITION", "appliedRulePriority": 1}


def test_a_difference_as_json() -> None:
    assert Difference(digest("9"), None, TWO, known=False).to_json() == {
        "imageDigest": digest("9"),
        "ours": None,
        "theirs": {"action": "EXPIRE", "appliedRulePriority": 2},
        "inSnapshot": False,
    }
