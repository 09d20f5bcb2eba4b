"""Reading a JSON text, or a value that has been read already."""

import json
from typing import Any

import pytest
from hypothesis import given

from ecrpolicy import document
from ecrpolicy.errors import SyntaxProblem
from tests.property.strategies import json_values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", {}),
        (' [1, 2.5, "a", true, null] \n', [1, 2.5, "a", True, None]),
        ('"\\u00e4\\ud83d\\ude00"', "ä😀"),
        ("1e2", 100.0),
        ("-0", 0),
        ('"\x7f"', "\x7f"),
    ],
)
def test_a_text_is_read(text: str, value: object) -> None:
    read = document.read(text)
    assert read.value == value
    assert type(read.value) is type(value)
    assert read.text == text
    assert read.has_text


def test_bytes_are_read_as_utf_8() -> None:
    read = document.read('{"ä": "€"}'.encode(), file="policy.json")
    assert read.value == {"ä": "€"}
    assert read.text == '{"ä": "€"}'
    assert read.file == "policy.json"


def test_half_a_surrogate_pair_is_read() -> None:
    assert document.read(r'["\ud800", "\udc00\ud800"]').value == ["\ud800", "\udc00\ud800"]


def test_half_a_surrogate_pair_may_stand_in_the_text_itself() -> None:
    read = document.read('{"\ud800": "\udfff"}')
    assert read.value == {"\ud800": "\udfff"}
    assert read.locate("/\ud800").column == 7


def test_a_large_integer_is_an_integer() -> None:
    assert document.read("9" * 4300).value == 10**4300 - 1


@pytest.mark.parametrize("text", ["9" * 5000, "-" + "9" * 5000, "1e400", "[" + "9" * 5000 + "]"])
def test_a_number_past_all_bounds_is_read(text: str) -> None:
    value = document.read(text).value
    assert abs(value[0] if isinstance(value, list) else value) > 10**308


def test_a_value_is_taken_as_it_is() -> None:
    given_value = {"rules": [1, 2.5, None, True, "ä"]}
    read = document.read(given_value)
    assert read.value == given_value
    assert read.text == '{"rules":[1,2.5,null,true,"ä"]}'
    assert not read.has_text


def test_a_value_that_is_taken_is_copied() -> None:
    given_value: dict[str, Any] = {"rules": [{"a": 1}]}
    read = document.read(given_value)
    given_value["rules"][0]["a"] = 2
    assert read.value == {"rules": [{"a": 1}]}


def _nested(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"a": value}
    return value


def _circle() -> dict[str, Any]:
    value: dict[str, Any] = {}
    value["a"] = value
    return value


@pytest.mark.parametrize(
    "value",
    [
        {"a": object()},
        {"a": {1, 2}},
        {"a": b"bytes"},
        {"a": float("nan")},
        {"a": float("inf")},
        {("a", "b"): 1},
        {"a": 10**5000},
        _nested(100_000),
        _circle(),
    ],
    ids=["object", "set", "bytes", "nan", "inf", "tuple-as-name", "huge", "deep", "circle"],
)
def test_a_value_that_is_no_json_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        document.read(value, file="policy.json")
    (found,) = caught.value.findings
    assert found.message.startswith("the value cannot be written as JSON: ")
    assert (found.rule, found.location.file) == ("json-syntax-error", "policy.json")
    assert found.location.line is None


@pytest.mark.parametrize("source", [b"", b"plain", "ä€😀".encode()])
def test_bytes_are_decoded(source: bytes) -> None:
    assert document.decode(source).encode() == source


def test_bytes_that_are_not_utf_8_are_refused() -> None:
    with pytest.raises(SyntaxProblem, match="1:2: the text is not UTF-8; save it as UTF-8"):
        document.decode(b"a\xff")


def test_a_name_that_stands_twice_is_told_once_the_text_is_json() -> None:
    with pytest.raises(SyntaxProblem) as caught:
        document.read('[{"a": 1, "a": 2}')
    (found,) = caught.value.findings
    assert (found.rule, found.location.column) == ("json-syntax-error", 18)
    with pytest.raises(SyntaxProblem) as caught:
        document.read('[{"a": 1, "a": 2}]')
    (found,) = caught.value.findings
    assert (found.rule, found.location.column) == ("duplicate-key", 11)


@pytest.mark.parametrize("end", ["NaN", "-Infinity"])
def test_a_large_text_is_refused_for_a_number_that_json_has_not(end: str) -> None:
    text = '["' + "a" * 200_000 + f'", {end}]'
    with pytest.raises(SyntaxProblem, match=r"the text is not JSON: JSON has no such number$"):
        document.read(text)


@given(value=json_values().map(lambda value: {"value": value}))
def test_a_value_taken_equals_its_text_read(value: dict[str, Any]) -> None:
    assert document.read(value).value == document.read(json.dumps(value)).value == value
