"""What a result says, and what it is in a test."""

from datetime import timedelta

import pytest

from ecrpolicy.lifecycle import tag_kinds
from ecrpolicy.testing.invariants import (
    BreakingRepository,
    Outcome,
    always_keeps,
    eventually_expires,
    never_expires,
)
from tests.builders import any_image, count, patterns, policy, pulled, pushed, rule

DAY = timedelta(days=1)
KEEPING = policy(rule(patterns("prod-*") | count(3), priority=1))


def test_a_result_that_holds_is_true_and_raises_nothing() -> None:
    result = always_keeps(KEEPING, at_least=3, tag="prod-*")
    assert (result.outcome, bool(result), result.counterexample) == (Outcome.HOLDS, True, None)
    result.raise_if_broken()


def test_a_result_that_is_broken_raises_its_explanation() -> None:
    result = never_expires(KEEPING, tag="prod-*")
    assert not result
    with pytest.raises(AssertionError) as raised:
        result.raise_if_broken()
    assert str(raised.value) == result.text()
    assert result.text().splitlines() == [
        "broken: no image with a tag that meets `prod-*` is expired",
        "  a repository of 4 images breaks it: the first is expired",
        "    an image with the tag `prod-1`, pushed 1 h ago",
        "    3 images with a tag each, pushed just now: `prod-2`; `prod-3`; `prod-4`",
        "  why, of an image with the tag `prod-1`, pushed 1 h ago:",
        "    sha256:" + "0" * 64,
        "      prod-1; pushed 2025-12-31T23:00:00Z, 1 h ago; 0 B",
        "    goes: rule 1 expires it",
        "      rule 1 owns it: the first that identifies it",
        "        tag `prod-1` meets the pattern `prod-*`",
        "        rank 4 of 4, youngest first; limit 3: past the limit",
    ]


def test_many_images_are_not_all_told() -> None:
    result = never_expires(policy(rule(patterns("prod-*") | count(500))), tag="prod-*")
    line = (
        "    500 images with a tag each, pushed just now: `prod-2`; `prod-3`; `prod-4`; and so on, "
    )
    # Numbers are written with 36 digits: 501 is 13 times 36, and 33.
    assert line + "to `prod-dx`" in result.text().splitlines()
    assert len(result.to_json()["counterexample"]["repository"]["imageDetails"]) == 501


def test_what_was_not_all_looked_at_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tag_kinds, "_MAX_STATES", 3)
    result = never_expires(policy(rule(patterns("*a*b*c*d") | pushed(9))), tag="prod-*-eu")
    assert (result.outcome, result.holds, result.is_complete) == (Outcome.UNDECIDED, False, False)
    with pytest.raises(AssertionError, match="undecided: no image"):
        result.raise_if_broken()


def test_a_count_of_tags_as_long_as_tags_can_be_is_undecided() -> None:
    result = never_expires(policy(rule(patterns("a" * 125 + "*") | count(9))), tag="*")
    assert result.outcome is Outcome.UNDECIDED


def test_what_no_repository_has_room_for_holds() -> None:
    counting = policy(rule(any_image() | count(100_000)))
    assert never_expires(counting).holds
    assert not never_expires(policy(rule(any_image() | count(99_999)))).holds


def test_an_age_beyond_the_calendar_is_never_reached() -> None:
    assert never_expires(policy(rule(any_image() | pushed(10**12)))).holds
    old = policy(rule(any_image() | pushed(10**12)))
    assert not eventually_expires(old, within=DAY).holds


def test_to_the_microsecond() -> None:
    aging = policy(rule(any_image() | pushed(30)))
    least = timedelta.resolution
    assert never_expires(aging, younger_than=30 * DAY + least).holds
    assert not never_expires(aging, younger_than=30 * DAY + 2 * least).holds


@pytest.mark.parametrize("span", [timedelta(0), -DAY, timedelta(days=10**6)])
def test_spans_that_are_no_ages(span: timedelta) -> None:
    with pytest.raises(ValueError, match="`younger_than` "):
        never_expires(KEEPING, younger_than=span)
    with pytest.raises(ValueError, match="`within` "):
        eventually_expires(KEEPING, within=span)


def test_images_that_cannot_be_meant() -> None:
    with pytest.raises(ValueError, match="cannot stand together"):
        never_expires(KEEPING, tag="a", untagged=True)
    with pytest.raises(ValueError, match="no tag meets `prod dev"):
        never_expires(KEEPING, tag="prod dev*")
    with pytest.raises(ValueError, match="is empty"):
        never_expires(KEEPING, tag="")
    with pytest.raises(ValueError, match="`at_least` is 0"):
        always_keeps(KEEPING, at_least=0)


def test_a_pattern_of_an_invariant_may_have_more_wildcards_than_one_of_a_rule() -> None:
    assert not never_expires(policy(rule(any_image() | pushed(1))), tag="a*b*c*d*e*f").holds


def test_why_an_image_is_not_gone_yet() -> None:
    policies = {
        "it stays: no rule is about it": policy(rule(patterns("v*") | pushed(1))),
        "it stays until enough others are pushed": policy(rule(any_image() | count(1))),
        "it stays": policy(rule(any_image() | pushed(9))),
        "it is archived, not expired": policy(rule(any_image() | pushed(3), action="transition")),
        "it stays in the archive": policy(rule(any_image() | pushed(2), action="transition")),
        "it stays for as long as somebody pulls it": policy(
            rule(any_image() | pulled(1), action="transition")
        ),
    }
    for why, stating in policies.items():
        found = eventually_expires(stating, untagged=True, within=3 * DAY).counterexample
        assert isinstance(found, BreakingRepository)
        assert found.why == f"older than 3 d, {why}"
