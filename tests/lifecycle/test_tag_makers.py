"""Tags by which some selections identify an image, and others do not."""

from typing import Any

import pytest

from ecrpolicy.lifecycle import Selection
from ecrpolicy.lifecycle.tag_makers import TagMakers, is_of_one
from tests.builders import any_image, count, patterns, policy, prefixes, rule, untagged

Json = dict[str, Any]


def selection(part: Json) -> Selection:
    (only,) = policy(rule(part | count(1))).rules
    return only.selection


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (patterns("v1"), True),
        (patterns("v*", "v1"), True),
        (patterns("v*"), False),
        (prefixes("v1"), False),
        (any_image(), False),
        (untagged(), False),
    ],
)
def test_a_pattern_without_a_wildcard_is_of_one_image(part: Json, expected: bool) -> None:
    assert is_of_one(selection(part)) is expected


@pytest.mark.parametrize(
    ("wanted", "unwanted", "expected"),
    [
        ([patterns("v*")], [patterns("v1")], ("v",)),
        ([patterns("v1")], [patterns("v*")], None),
        ([patterns("prod-*"), patterns("*-arm")], [], ("prod-arm",)),
        ([patterns("a", "b")], [], ("a", "b")),
        ([any_image()], [untagged()], ("x",)),
        ([any_image()], [], ()),
        ([untagged()], [], ()),
        ([untagged()], [patterns("v*")], ()),
        ([untagged(), patterns("v*")], [], None),
        ([patterns("v*")], [any_image()], None),
    ],
)
def test_the_fewest_tags_are_found(
    wanted: list[Json], unwanted: list[Json], expected: tuple[str, ...] | None
) -> None:
    asked, refused = list(map(selection, wanted)), list(map(selection, unwanted))
    assert TagMakers([*asked, *refused]).tags(asked, refused) == expected


@pytest.mark.parametrize(
    ("tag", "entries", "expected"),
    [
        ("prod-", ["prod-*"], "prod-1"),
        ("-arm", ["*-arm"], "1-arm"),
        ("prod-", ["prod-*", "prod-1"], "prod-"),
        ("prod-", ["prod-*", "*1"], "prod-"),
        ("v1", ["v1"], "v1"),
        ("x", ["prod-*"], "x"),
        ("a" * 127, ["a" * 127 + "*"], "a" * 127 + "1"),
        ("a" * 128, ["a" * 127 + "*"], "a" * 127 + "1"),
    ],
)
def test_a_tag_is_spelled_out_where_it_meets_the_same(
    tag: str, entries: list[str], expected: str
) -> None:
    assert TagMakers([selection(patterns(each)) for each in entries]).spelled_out(tag) == expected
