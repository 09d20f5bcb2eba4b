"""Lifecycle policies as rules read them."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind, Subject
from ecrpolicy.lint.lifecycle import RulesView, lifecycle_policy, lifecycle_rules
from ecrpolicy.lint.policy import Value
from tests.builders import any_image, count, rule


def read(value: Any) -> RulesView:
    return lifecycle_rules(Subject(Kind.LIFECYCLE, value))


def test_a_rule() -> None:
    [one] = read({"rules": [rule(any_image() | count(1), priority=3, action="transition")]}).rules
    assert (one.path, one.priority, one.action) == (("rules", 0), 3, "transition")
    assert (one.tag_status, one.count_type) == ("any", "imageCountMoreThan")
    assert (one.storage_class, one.tag_list) == ("standard", None)


@pytest.mark.parametrize("junk", [None, UNKNOWN, [], {}, True])
def test_what_has_another_type_is_none(junk: Any) -> None:
    selection = {"tagStatus": junk, "storageClass": junk, "countNumber": junk}
    [one] = read({"rules": [{"rulePriority": junk, "selection": selection, "action": junk}]}).rules
    found = (one.priority, one.tag_status, one.storage_class, one.count_number, one.action)
    assert found == (None,) * 5


def test_the_list_of_tags() -> None:
    selection = {"tagPrefixList": ["a", UNKNOWN]}
    [one] = read({"rules": [{"selection": selection}]}).rules
    place = ("rules", 0, "selection", "tagPrefixList")
    assert one.tag_list is not None
    assert (one.tag_list.name, one.tag_list.path) == ("tagPrefixList", place)
    assert one.tag_list.entries == (Value("a", (*place, 0)),)
    assert not one.tag_list.is_complete


@pytest.mark.parametrize(
    ("value", "number", "is_complete"),
    [
        ({"rules": [{}, 1]}, 1, True),
        ({"rules": [{}, UNKNOWN]}, 1, False),
        ({"rules": UNKNOWN}, 0, False),
        ({}, 0, False),
        ([], 0, False),
    ],
)
def test_which_rules_there_are(value: Any, number: int, *, is_complete: bool) -> None:
    found = read(value)
    assert (len(found.rules), found.is_complete) == (number, is_complete)


def test_the_model_is_there_where_the_policy_is_valid_and_known() -> None:
    valid = {"rules": [rule(any_image() | count(1))]}
    assert lifecycle_policy(Subject(Kind.LIFECYCLE, valid)) is not None
    assert lifecycle_policy(Subject(Kind.LIFECYCLE, {"rules": []})) is None
    unknown = {"rules": [rule(any_image() | {"countNumber": UNKNOWN})]}
    assert lifecycle_policy(Subject(Kind.LIFECYCLE, unknown)) is None
