"""Where values and member names stand in a text."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import document
from ecrpolicy.document.location import line_and_column, shifted, tokens
from ecrpolicy.finding import Location
from tests.property.strategies import json_values

TEXT = "\n".join(
    [
        "{",
        '  "a": [10, [20, {"b": true}]],',
        r'  "c/d": {"e~f": "x, ]}", "\u0067\"": null},',
        '  "ä": -1.5e3, "0": {"1": "one"},',
        '  "": {"": []}',
        "}",
    ]
)


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 1, 1),
        ("/a", 2, 8),
        ("/a/0", 2, 9),
        ("/a/1", 2, 13),
        ("/a/1/0", 2, 14),
        ("/a/1/1", 2, 18),
        ("/a/1/1/b", 2, 24),
        ("/c~1d", 3, 10),
        ("/c~1d/e~0f", 3, 18),
        ('/c~1d/g"', 3, 39),
        ("/ä", 4, 8),
        ("/0", 4, 21),
        ("/0/1", 4, 27),
        ("/", 5, 7),
        ("//", 5, 12),
    ],
)
def test_a_value_is_located(pointer: str, line: int, column: int) -> None:
    assert document.read(TEXT).locate(pointer) == Location(None, line, column, pointer)


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 1, 1),
        ("/a", 2, 3),
        ("/a/1/1/b", 2, 19),
        ("/c~1d", 3, 3),
        ("/c~1d/e~0f", 3, 11),
        ('/c~1d/g"', 3, 27),
        ("/ä", 4, 3),
        ("/0/1", 4, 22),
        ("//", 5, 8),
        ("/a/1", 2, 13),
    ],
)
def test_a_name_is_located(pointer: str, line: int, column: int) -> None:
    assert document.read(TEXT).locate(pointer, key=True) == Location(None, line, column, pointer)


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("/z", 1, 1),
        ("/z/z/z", 1, 1),
        ("/a/2", 2, 8),
        ("/a/5", 2, 8),
        ("/a/-", 2, 8),
        ("/a/-1", 2, 8),
        ("/a/x", 2, 8),
        ("/a/²", 2, 8),
        ("/a/1/1/c", 2, 18),
        ("/a/0/0", 2, 9),
        ("/c~1d/e~0f/0", 3, 18),
        ("///0", 5, 12),
    ],
)
def test_a_pointer_that_leads_nowhere_is_answered_with_the_innermost_value(
    pointer: str, line: int, column: int
) -> None:
    assert document.read(TEXT).locate(pointer) == Location(None, line, column, pointer)


def test_the_file_is_part_of_the_place() -> None:
    read = document.read('{"a":\r\n  1}', file="policy.json")
    assert str(read.locate("/a")) == "policy.json:2:3"


def test_a_value_without_a_text_has_no_lines() -> None:
    read = document.read({"a": 1}, file="policy.json")
    assert read.locate("/a") == Location("policy.json", None, None, "/a")


def test_a_value_after_very_many_others_is_located() -> None:
    text = "[" + "[1], " * 50_000 + "2]"
    assert document.read(text).locate("/50000") == Location(None, 1, 2 + 5 * 50_000, "/50000")


def test_a_value_after_a_number_of_thousands_of_digits_is_located() -> None:
    text = '{"a": ' + "9" * 5000 + ', "b": 1}'
    assert document.read(text).locate("/b") == Location(None, 1, 6 + 5000 + 8, "/b")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), ""),
        (("rules", 0, "selection"), "/rules/0/selection"),
        (("a/b", "c~d", "~1"), "/a~1b/c~0d/~01"),
        (("",), "/"),
    ],
)
def test_a_pointer_is_written_and_read(path: tuple[str | int, ...], expected: str) -> None:
    assert document.pointer(*path) == expected
    assert tokens(expected) == [str(token) for token in path]


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("abc", 2, (1, 3)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("\n\r\n\r", 4, (4, 1)),
        ("a\u2028b", 2, (1, 3)),
        ("a\x0bb\x0cc", 4, (1, 5)),
    ],
)
def test_lines_and_columns_count_from_one(
    text: str, offset: int, expected: tuple[int, int]
) -> None:
    assert line_and_column(text, offset) == expected


class Writer:
    """Writes a value as JSON, with blanks as they come, and notes where everything stands."""

    def __init__(self, blanks: Iterator[str], *, ensure_ascii: bool) -> None:
        self.text = ""
        self.values: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self._blanks = blanks
        self._ensure_ascii = ensure_ascii

    def write(self, value: Any, pointer: str = "") -> None:
        self._blank()
        self.values[pointer] = len(self.text)
        if isinstance(value, dict):
            self._write_object(value, pointer)
        elif isinstance(value, list):
            self._write_list(value, pointer)
        else:
            self.text += json.dumps(value, ensure_ascii=self._ensure_ascii)
        self._blank()

    def _write_object(self, value: dict[str, Any], pointer: str) -> None:
        self.text += "{"
        for number, (name, member) in enumerate(value.items()):
            self.text += "," if number else ""
            self._blank()
            place = f"{pointer}/" + name.replace("~", "~0").replace("/", "~1")
            self.names[place] = len(self.text)
            self.text += json.dumps(name, ensure_ascii=self._ensure_ascii)
            self._blank()
            self.text += ":"
            self.write(member, place)
        self._blank()
        self.text += "}"

    def _write_list(self, value: list[Any], pointer: str) -> None:
        self.text += "["
        for number, element in enumerate(value):
            self.text += "," if number else ""
            self.write(element, f"{pointer}/{number}")
        self._blank()
        self.text += "]"

    def _blank(self) -> None:
        self.text += next(self._blanks)


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _forever(blanks: list[str]) -> Iterator[str]:
    while True:
        yield from blanks


@given(
    value=json_values(),
    blanks=st.lists(st.sampled_from(["", " ", "\t", "\n", "\r", "\r\n", "  "]), min_size=1),
    ensure_ascii=st.booleans(),
)
def test_everything_is_located_however_it_is_written(
    value: Any, blanks: list[str], ensure_ascii: bool
) -> None:
    written = Writer(_forever(blanks), ensure_ascii=ensure_ascii)
    written.write(value)
    read = document.read(written.text)
    assert read.value == value
    for pointer, offset in written.values.items():
        assert read.locate(pointer) == Location(None, *_place(written.text, offset), pointer)
    for pointer, offset in written.names.items():
        place = read.locate(pointer, key=True)
        assert place == Location(None, *_place(written.text, offset), pointer)


@given(value=json_values(), indent=st.none() | st.integers(0, 8) | st.just("\t"))
def test_a_value_survives_its_text(value: Any, indent: int | str | None) -> None:
    read = document.read(json.dumps(value, indent=indent))
    assert read.value == value
    assert _types(read.value) == _types(value)


def _types(value: Any) -> Any:
    """The types of a value and its parts: `True` equals `1`, and is none."""
    if isinstance(value, dict):
        return {name: _types(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_types(element) for element in value]
    return type(value)


def test_a_place_is_shifted() -> None:
    base = Location("f", 3, 5, "/a")
    assert shifted(Location(None, 1, 2, "/b"), base, "/a") == Location("f", 3, 6, "/a/b")
    assert shifted(Location(None, 2, 2, "/b"), base, "/a") == Location("f", 4, 2, "/a/b")
    assert shifted(Location(None), base, "/a") == Location("f", 3, 5, "/a")
