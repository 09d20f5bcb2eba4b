"""Whether two policies can differ in any repository at all."""

from datetime import timedelta
from typing import Any

import pytest

from ecrpolicy.lifecycle import Search, search, tag_kinds, tag_makers
from ecrpolicy.snapshot import Image, StorageClass
from tests.builders import (
    NOW,
    any_image,
    archived,
    count,
    patterns,
    policy,
    prefixes,
    pulled,
    pushed,
    rule,
    untagged,
)

Rules = list[dict[str, Any]]
HOUR = timedelta(hours=1)


def sought(old: Rules, new: Rules) -> Search:
    """Whether some new rules can do otherwise."""
    return search(policy(*old), policy(*new), now=NOW)


def smallest(old: Rules, new: Rules) -> tuple[Image, ...]:
    """The images of the smallest repository in which they do."""
    found = sought(old, new)
    assert found.witness is not None
    assert found.witness.turned
    return found.witness.old.repository.images


# Rewrites that change nothing

EQUAL: list[tuple[str, Rules, Rules]] = [
    (
        "renumbered",
        [rule(prefixes("v") | count(3), priority=1), rule(any_image() | count(9), priority=2)],
        [rule(prefixes("v") | count(3), priority=10), rule(any_image() | count(9), priority=20)],
    ),
    (
        "a prefix and a pattern that ends in a star",
        [rule(prefixes("v", "w") | count(3))],
        [rule(patterns("w*", "v*") | count(3))],
    ),
    (
        "rules that cannot meet the same image, in another order",
        [rule(untagged() | pushed(3), priority=1), rule(prefixes("v") | count(3), priority=2)],
        [rule(untagged() | pushed(3), priority=2), rule(prefixes("v") | count(3), priority=1)],
    ),
    (
        "a rule that never owns anything",
        [rule(prefixes("v") | count(3), priority=1)],
        [
            rule(prefixes("v") | count(3), priority=1),
            rule(patterns("v1*") | pushed(9), priority=2),
        ],
    ),
    (
        "a star beside a star",
        [rule(patterns("a**b") | count(3))],
        [rule(patterns("a*b") | count(3))],
    ),
    (
        "an entry that follows from the other",
        [rule(patterns("prod*", "prod-eu*") | count(3))],
        [rule(prefixes("prod-eu") | count(3))],
    ),
    (
        "all images, as tagged and untagged ones that are too young",
        [rule(any_image() | pushed(9), priority=3)],
        [
            rule(untagged() | pushed(9), priority=1),
            rule(patterns("*") | pushed(9), priority=2),
        ],
    ),
    (
        "an archive that nothing ages in",
        [rule(any_image() | archived(90), priority=1)],
        [rule(any_image() | archived(90), priority=7)],
    ),
    (
        "counts of a tag that one image can have",
        [rule(patterns("latest") | count(1))],
        [rule(patterns("latest") | count(5))],
    ),
    (
        "a tag that one image can have, as the one of two",
        [rule(patterns("v*", "latest") | count(1))],
        [rule(patterns("v*", "latest") | count(1), action="transition")],
    ),
    (
        "a count that never takes the only image, and no rule",
        [rule(patterns("stable") | count(1), priority=1), rule(untagged() | pushed(3), priority=2)],
        [rule(untagged() | pushed(3), priority=2)],
    ),
    (
        "tags that a registry refuses",
        [
            rule(patterns("a b*") | pushed(3), priority=1),
            rule(patterns("-x*") | pushed(3), priority=2),
        ],
        [
            rule(patterns("a/*") | pushed(9), priority=1),
            rule(patterns(".*") | count(1), priority=2),
        ],
    ),
    (
        "two entries that share one tag, beside a rule for what has room for both",
        [
            rule(patterns("ab*bc") | pushed(10**9), priority=1),
            rule(patterns("ab*", "*bc") | count(1), priority=2),
            rule(any_image() | pushed(10**9), priority=9),
        ],
        [
            rule(patterns("ab*bc") | pushed(10**9), priority=1),
            rule(patterns("ab*", "*bc") | count(1), priority=2),
            rule(untagged() | pushed(10**9), priority=9),
        ],
    ),
    (
        "limits beyond the calendar, and beyond any repository",
        [rule(prefixes("v") | pushed(10**9), priority=1)],
        [rule(prefixes("v") | count(100_000), priority=1)],
    ),
]


@pytest.mark.parametrize(("old", "new"), [each[1:] for each in EQUAL], ids=[e[0] for e in EQUAL])
def test_rewrites_that_change_nothing(old: Rules, new: Rules) -> None:
    for found in (sought(old, new), sought(new, old)):
        assert found.witness is None
        assert found.is_complete
        assert found.images == 100_000


# Differences


def test_another_age_shows_in_one_image_between_the_two() -> None:
    (one,) = smallest([rule(prefixes("v") | pushed(14))], [rule(prefixes("v") | pushed(7))])
    assert (one.tags, NOW - one.pushed_at) == (("v",), timedelta(days=7) + HOUR)


def test_another_count_shows_in_one_image_more_than_the_smaller() -> None:
    images = smallest([rule(prefixes("v") | count(3))], [rule(prefixes("v") | count(9))])
    assert [each.tags for each in images] == [("v",), ("v0",), ("v1",), ("v2",)]


def test_a_tag_that_one_image_can_have_is_counted_with_others() -> None:
    """`any` counts the younger image whatever its tags; the rule for `latest` never does."""
    images = smallest(
        [rule(patterns("latest") | count(1), priority=1), rule(any_image() | count(1), priority=2)],
        [rule(any_image() | count(1), priority=2)],
    )
    assert [each.tags for each in images] == [("latest",), ()]


def test_every_image_has_tags_of_its_own() -> None:
    """Each of 4 images needs a tag with `v` and one with `w`; no two share one."""
    images = smallest(
        [rule(patterns("v*", "w*") | count(3))], [rule(patterns("v*", "w*") | count(9))]
    )
    tags = [tag for each in images for tag in each.tags]
    assert [len(each.tags) for each in images] == [2] * 4
    assert len(set(tags)) == 8


def test_a_kind_with_one_tag_is_not_taken_for_several_images() -> None:
    """`abc` alone meets both entries at once, and one image has it: others need two tags."""
    avoided = rule(patterns("ab*bc") | pushed(10**9), priority=1)
    images = smallest(
        [avoided, rule(patterns("ab*", "*bc") | count(2), priority=2)],
        [avoided, rule(patterns("ab*", "*bc") | count(3), priority=2)],
    )
    assert images[0].tags == ("abc",)
    assert len({tag for each in images for tag in each.tags}) == sum(
        len(each.tags) for each in images
    )


# One of 127 characters, and that with each of the 65 that may follow.
SIXTY_SIX = "a" * 127 + "*"


def test_no_more_images_than_tags() -> None:
    none = rule(untagged() | pushed(10**9))
    images = smallest([none, rule(patterns(SIXTY_SIX) | count(65), priority=2)], [none])
    assert len({each.tags for each in images}) == 66
    found = sought([none, rule(patterns(SIXTY_SIX) | count(66), priority=2)], [none])
    assert (found.witness, found.is_complete) == (None, True)


def test_tags_that_would_have_to_be_mixed_leave_the_question_open() -> None:
    """Of the 66 tags, one is of another kind; the search gives all images the same kind."""
    first = rule(patterns("a" * 127 + "b") | pushed(10**9), priority=1)
    found = sought([first, rule(patterns(SIXTY_SIX) | count(65), priority=2)], [first])
    assert (found.witness, found.is_complete) == (None, False)


def test_all_images_and_the_tagged_ones_differ_in_an_image_without_a_tag() -> None:
    (one,) = smallest([rule(any_image() | pushed(7))], [rule(patterns("*") | pushed(7))])
    assert one.tags == ()


def test_a_count_of_more_images_needs_some_of_the_others() -> None:
    """Two images without a tag: `any` counts both. Three with `v` would do as well."""
    images = smallest(
        [rule(prefixes("v") | count(2), priority=1), rule(any_image() | count(2), priority=2)],
        [rule(prefixes("v") | count(2), priority=1), rule(untagged() | count(2), priority=2)],
    )
    assert len(images) == 3
    assert sum(len(each.tags) for each in images) == 1


def test_images_that_one_rule_counts_and_the_other_does_not() -> None:
    """A rule for each kind keeps two of each; one for all keeps two in all."""
    images = smallest(
        [rule(any_image() | count(2))],
        [rule(untagged() | count(2), priority=1), rule(patterns("*") | count(2), priority=2)],
    )
    assert sorted(len(each.tags) for each in images) in ([0, 0, 1], [0, 1, 1])


def test_the_order_of_rules_that_can_meet_the_same_image() -> None:
    first, second = patterns("v*") | pushed(30), patterns("*-rc") | pushed(7)
    (one,) = smallest(
        [rule(first, priority=1), rule(second, priority=2)],
        [rule(first, priority=2), rule(second, priority=1)],
    )
    assert one.tags == ("v-rc",)
    assert NOW - one.pushed_at == timedelta(days=7) + HOUR


def test_patterns_that_no_tag_meets_together_need_two_tags() -> None:
    first, second = patterns("v*") | pushed(30), patterns("w*") | pushed(7)
    (one,) = smallest(
        [rule(first, priority=1), rule(second, priority=2)],
        [rule(first, priority=2), rule(second, priority=1)],
    )
    assert sorted(one.tags) == ["v", "w"]


def test_a_prefix_takes_a_star_as_it_is() -> None:
    (one,) = smallest([rule(prefixes("v*") | pushed(7))], [rule(patterns("v*") | pushed(7))])
    assert one.tags == ("v",)


def test_the_pull_and_the_push() -> None:
    (one,) = smallest(
        [rule(any_image() | pushed(7), action="transition")],
        [rule(any_image() | pulled(7), action="transition")],
    )
    assert NOW - one.pushed_at == timedelta(days=7) + HOUR
    assert one.pulled_at == NOW - HOUR


def test_the_archive() -> None:
    (one,) = smallest([rule(any_image() | archived(90))], [rule(any_image() | archived(120))])
    assert one.storage_class is StorageClass.ARCHIVE
    assert one.archived_at == NOW - timedelta(days=90) - HOUR
    assert one.pushed_at == one.archived_at - timedelta(days=1)


def test_another_action_for_the_same_images() -> None:
    images = smallest(
        [rule(any_image() | count(2))], [rule(any_image() | count(2), action="transition")]
    )
    assert len(images) == 3


def test_a_rule_that_nothing_stands_against() -> None:
    old = [rule(prefixes("v") | count(1), priority=1)]
    images = smallest(old, [*old, rule(prefixes("w") | pushed(1), priority=2)])
    assert [each.tags for each in images] == [("w",)]


def test_the_repository_as_json_can_be_read_again() -> None:
    found = sought([rule(any_image() | archived(90))], [rule(any_image() | archived(120))])
    answer = found.to_json()
    assert answer["differ"] is True
    assert answer["repository"]["imageDetails"] == [
        {
            "imageDigest": "sha256:" + "0" * 64,
            "imageSizeInBytes": 0,
            "imageStatus": "ARCHIVED",
            "imagePushedAt": (NOW - timedelta(days=91) - HOUR).isoformat(),
            "lastArchivedAt": (NOW - timedelta(days=90) - HOUR).isoformat(),
        }
    ]


# Bounds


def test_a_search_that_is_cut_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [rule(patterns("*a*b*c", "*d*e*") | count(3))]
    assert sought(rules, rules).is_complete
    monkeypatch.setattr(tag_makers, "_MAX_TRIES", 1)
    assert not sought(rules, rules).is_complete
    monkeypatch.undo()
    monkeypatch.setattr(tag_kinds, "_MAX_STATES", 3)
    assert not sought(rules, rules).is_complete


def test_a_tag_is_one_image_s_alone_so_a_count_of_it_takes_nothing() -> None:
    found = sought([rule(patterns("latest") | count(1))], [rule(patterns("latest") | count(2))])
    assert found.witness is None
