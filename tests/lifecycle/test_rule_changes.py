"""Which rules are added, removed, changed, moved or renumbered."""

from typing import Any

import pytest

from ecrpolicy.lifecycle.rule_changes import rule_changes
from tests.builders import any_image, count, patterns, policy, prefixes, pushed, rule, untagged

Rules = list[dict[str, Any]]


def told(old: Rules, new: Rules) -> list[tuple[str, int | None, int | None]]:
    """The changes: their kind, the old number and the new."""
    return [
        (
            change.kind.name,
            change.old.rule_priority if change.old else None,
            change.new.rule_priority if change.new else None,
        )
        for change in rule_changes(policy(*old), policy(*new))
    ]


V = prefixes("v") | count(3)
PR = patterns("pr-*") | pushed(7)
OLD = untagged() | pushed(1)
ALL = any_image() | count(100)


def test_a_policy_and_itself() -> None:
    assert told([rule(V), rule(ALL, priority=2)], [rule(ALL, priority=2), rule(V)]) == []


def test_a_new_number_alone() -> None:
    assert told([rule(V, priority=1)], [rule(V, priority=9)]) == [("RENUMBERED", 1, 9)]


def test_a_description_is_no_change() -> None:
    assert told([rule(V)], [rule(V, description="releases")]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (prefixes("v"), patterns("v*")),
        (patterns("a*", "b*"), patterns("b*", "a*", "b*")),
        (prefixes("a", "b"), patterns("b*", "a*")),
        (any_image(), any_image() | {"storageClass": "standard"}),
    ],
)
def test_another_spelling_is_no_change(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert told([rule(one | count(3))], [rule(other | count(3))]) == []


def test_a_prefix_with_a_star_is_no_pattern() -> None:
    assert told([rule(prefixes("v*") | count(3))], [rule(patterns("v**") | count(3))]) == [
        ("CHANGED", 1, 1)
    ]


def test_another_limit_action_or_count_type() -> None:
    for changed in (
        rule(prefixes("v") | count(4), priority=5),
        rule(prefixes("v") | pushed(3), priority=5),
        rule(V, action="transition", priority=5),
    ):
        assert told([rule(V)], [changed]) == [("CHANGED", 1, 5)]


def test_other_tags_under_the_same_number() -> None:
    assert told([rule(V)], [rule(prefixes("w") | count(3))]) == [("CHANGED", 1, 1)]


def test_what_has_no_like_is_added_or_removed() -> None:
    old, new = [rule(V), rule(PR, priority=2)], [rule(V), rule(OLD, priority=3)]
    assert told(old, new) == [("REMOVED", 2, None), ("ADDED", None, 3)]


def test_a_rule_that_has_passed_others_has_moved() -> None:
    old = [rule(V, priority=1), rule(PR, priority=2), rule(OLD, priority=3)]
    new = [rule(OLD, priority=1), rule(V, priority=2), rule(PR, priority=3)]
    assert told(old, new) == [("RENUMBERED", 1, 2), ("RENUMBERED", 2, 3), ("MOVED", 3, 1)]


def test_rules_that_have_kept_their_order_have_not_moved() -> None:
    old = [rule(V), rule(PR, priority=2), rule(OLD, priority=3), rule(ALL, priority=4)]
    new = [rule(OLD), rule(V, priority=2), rule(PR, priority=3), rule(ALL, priority=4)]
    assert told(old, new) == [("RENUMBERED", 1, 2), ("RENUMBERED", 2, 3), ("MOVED", 3, 1)]


def test_the_same_rule_is_found_before_one_of_the_same_number() -> None:
    old = [rule(V, priority=1), rule(PR, priority=2)]
    new = [rule(PR, priority=1), rule(ALL, priority=2)]
    assert told(old, new) == [("REMOVED", 1, None), ("RENUMBERED", 2, 1), ("ADDED", None, 2)]


def test_changes_in_words() -> None:
    old = [rule(V), rule(PR, priority=2), rule(OLD, priority=3)]
    new = [rule(prefixes("v") | count(5), priority=4), rule(PR, priority=6), rule(ALL, priority=9)]
    assert list(map(str, rule_changes(policy(*old), policy(*new)))) == [
        "rule 1 changed, now rule 4: expire images with a tag that starts with `v`, beyond the "
        "newest 3 → expire images with a tag that starts with `v`, beyond the newest 5",
        "rule 2 renumbered, now rule 6: images with a tag that meets `pr-*`, pushed over 7 d ago",
        "rule 3 removed: untagged images, pushed over 1 d ago",
        "rule 9 added: all images, beyond the newest 100",
    ]
