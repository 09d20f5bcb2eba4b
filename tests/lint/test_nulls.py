"""Conditions that ask only whether a key is there."""

from typing import Any

import pytest

from ecrpolicy.lint.edit import edited
from ecrpolicy.lint.nulls import as_null, asking_whether_missing, asking_whether_there, without
from ecrpolicy.lint.policy import statement_of

KEY, OTHER = "aws:TagKeys", "aws:username"


def test_what_to_write() -> None:
    assert asking_whether_missing(KEY) == 'write `"Null": {"aws:TagKeys": "true"}`'
    assert asking_whether_there('a:"b"') == 'write `"Null": {"a:\\"b\\"": "false"}`'


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"StringLike": {KEY: "*"}}, {"Null": {KEY: "true"}}),
        (
            {"StringLike": {KEY: "*"}, "Bool": {OTHER: "a"}},
            {"Null": {KEY: "true"}, "Bool": {OTHER: "a"}},
        ),
        ({"StringLike": {KEY: "*", OTHER: "a"}}, None),
        ({"StringLike": {KEY: "*"}, "Null": {OTHER: "true"}}, None),
    ],
)
def test_asking_by_null(block: Any, expected: Any) -> None:
    value = {"Condition": block}
    statement = statement_of(value)
    made = edited(value, as_null(statement, statement.conditions[0], "true"))
    assert made == {"Condition": expected or block}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"StringLike": {KEY: "*"}}, {}),
        ({"StringLike": {KEY: "*"}, "Bool": {OTHER: "a"}}, {"Condition": {"Bool": {OTHER: "a"}}}),
        ({"StringLike": {KEY: "*", OTHER: "a"}}, {"Condition": {"StringLike": {OTHER: "a"}}}),
    ],
)
def test_taking_a_condition_away(block: Any, expected: Any) -> None:
    value = {"Condition": block}
    statement = statement_of(value)
    assert edited(value, without(statement, statement.conditions[0])) == expected
