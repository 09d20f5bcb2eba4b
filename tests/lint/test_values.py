"""Members of plain JSON values."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.values import at_path, integer, member, objects, path_of, strings, text


@pytest.mark.parametrize("junk", [None, 1, "a", [], {}, UNKNOWN, {"a": UNKNOWN}])
def test_nothing_is_there(junk: Any) -> None:
    assert text(junk, "a", "b") is None
    assert integer(junk, "a") is None
    assert list(objects(junk, "a")) == []
    assert list(strings(junk, "a")) == []


def test_what_is_there() -> None:
    value = {"a": {"b": "c", "n": 1, "l": ["x", {"y": 1}]}}
    assert (text(value, "a", "b"), integer(value, "a", "n")) == ("c", 1)
    assert list(strings(value, "a", "l")) == [("x", ("a", "l", 0))]
    assert list(objects(value, "a", "l", path=("p",))) == [({"y": 1}, ("p", "a", "l", 1))]
    assert member(value, "a", "l", "x") is None


def test_a_boolean_is_no_integer() -> None:
    assert integer({"a": True}, "a") is None


def test_paths() -> None:
    value = {"0": [{"1": "x"}]}
    assert path_of(value, ["0", "0", "1"]) == ("0", 0, "1")
    assert at_path(value, ("0", 0, "1")) == "x"
    assert at_path(value, ("0", 1, "1")) is None
