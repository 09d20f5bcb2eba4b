"""Edits made in values."""

from typing import Any

import pytest

from ecrpolicy.lint.edit import Add, Edit, Remove, Rename, Replace, edited


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], {"a": [1, 2, 3], "b": {"c": 4}}),
        ([Replace(("b", "c"), 5)], {"a": [1, 2, 3], "b": {"c": 5}}),
        ([Replace((), 5)], 5),
        ([Remove(("b",))], {"a": [1, 2, 3]}),
        ([Remove(("a", 0)), Remove(("a", 2))], {"a": [2], "b": {"c": 4}}),
        ([Remove(("a", 2)), Remove(("a", 0))], {"a": [2], "b": {"c": 4}}),
        ([Add(("a", 1), 9), Remove(("a", 0))], {"a": [9, 2, 3], "b": {"c": 4}}),
        ([Add(("a", 3), 9)], {"a": [1, 2, 3, 9], "b": {"c": 4}}),
        ([Add(("b", "d"), 9)], {"a": [1, 2, 3], "b": {"c": 4, "d": 9}}),
        ([Rename(("a",), "z"), Remove(("a", 0))], {"z": [2, 3], "b": {"c": 4}}),
    ],
)
def test_edits(edits: list[Edit], expected: Any) -> None:
    assert edited({"a": [1, 2, 3], "b": {"c": 4}}, edits) == expected


def test_a_member_that_is_renamed_keeps_its_place() -> None:
    assert list(edited({"a": 1, "b": 2}, [Rename(("a",), "z")])) == ["z", "b"]


def test_the_value_itself_stays_as_it_is() -> None:
    value = {"a": [1]}
    edited(value, [Remove(("a", 0))])
    assert value == {"a": [1]}
