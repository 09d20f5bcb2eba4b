"""Edits of JSON texts: what changes, and that all else stays."""

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ecrpolicy.lint.edit import Add, Edit, Path, Remove, Rename, Replace, edited
from ecrpolicy.lint.json_edits import changed, changes


def made(text: str, *edits: Edit) -> str:
    return changed(text, changes(text, edits))


SPREAD = """\
{
  "a": [
    1,
    2
  ],
  "b": {"c": 3, "d": 4}
}
"""


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Replace(("b", "c"), 5)], SPREAD.replace("3", "5")),
        ([Rename(("b",), "z")], SPREAD.replace('"b"', '"z"')),
        ([Remove(("a", 0))], SPREAD.replace("    1,\n", "")),
        ([Remove(("a", 1))], SPREAD.replace(",\n    2", "")),
        ([Remove(("a", 0)), Remove(("a", 1))], SPREAD.replace("\n    1,\n    2\n  ", "")),
        ([Remove(("b",))], SPREAD.replace(',\n  "b": {"c": 3, "d": 4}', "")),
        ([Remove(("b", "c"))], SPREAD.replace('"c": 3, ', "")),
        ([Add(("a", 2), 9)], SPREAD.replace("    2\n", "    2,\n    9\n")),
        ([Add(("a", 0), 9)], SPREAD.replace("    1", "    9,\n    1")),
        ([Remove(("a", 1)), Add(("a", 1), 9)], SPREAD.replace("    2", "    9")),
        ([Add(("b", "e"), 9)], SPREAD.replace('"d": 4', '"d": 4, "e": 9')),
        ([Add(("e",), 9)], SPREAD.replace("4}\n", '4},\n  "e": 9\n')),
        ([Replace(("a",), [])], SPREAD.replace("[\n    1,\n    2\n  ]", "[]")),
        ([Replace((), 5)], "5\n"),
    ],
    ids=str,
)
def test_layout_is_kept(edits: list[Edit], expected: str) -> None:
    assert made(SPREAD, *edits) == expected
    assert json.loads(expected) == edited(json.loads(SPREAD), edits)


def test_ends_of_lines_are_kept() -> None:
    text = SPREAD.replace("\n", "\r\n")
    assert made(text, Add(("a", 2), 9)) == text.replace("    2\r\n", "    2,\r\n    9\r\n")


def test_tabs_are_kept() -> None:
    text = '{\n\t"a": [\n\t\t"one"\n\t]\n}'
    long = ["x" * 50, "y" * 50]
    assert made(text, Add(("b",), long)) == text.replace(
        "\n}", f',\n\t"b": [\n\t\t"{long[0]}",\n\t\t"{long[1]}"\n\t]\n}}'
    )


def test_a_text_on_one_line_stays_on_one_line() -> None:
    assert made('{"a":[]}', Replace(("a",), ["x" * 60, "y" * 60])).count("\n") == 0


def test_what_is_short_stays_on_its_line() -> None:
    text = '{\n  "Action": "a"\n}'
    assert made(text, Replace(("Action",), ["a", "b"])) == '{\n  "Action": ["a", "b"]\n}'


def test_what_is_written_about_names_is_kept() -> None:
    assert made('{"a" : 1}', Add(("b",), 2)) == '{"a" : 1, "b" : 2}'
    assert made('{"a":1,"b":2}', Add(("c",), 3)) == '{"a":1,"b":2,"c":3}'


def test_into_what_is_empty() -> None:
    assert made('{"a": {}, "b": []}', Add(("a", "x"), 1), Add(("b", 0), 2)) == (
        '{"a": {"x": 1}, "b": [2]}'
    )


def test_characters_beyond_ascii_are_written_as_they_are() -> None:
    assert made('{"a": "b"}', Replace(("a",), "é☃")) == '{"a": "é☃"}'
    assert made('{"a": "b"}', Replace(("a",), "\ud800")) == '{"a": "\\ud800"}'


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


def paths(value: Any, path: Path = ()) -> list[Path]:
    """All paths of a value."""
    found = [path]
    if isinstance(value, dict):
        for name, held in value.items():
            found += paths(held, (*path, name))
    elif isinstance(value, list):
        for at, held in enumerate(value):
            found += paths(held, (*path, at))
    return found


@st.composite
def edits_of(draw: st.DrawFn, value: Any) -> list[Edit]:
    """Edits, of which no one touches what another one does."""
    found: list[Edit] = []
    taken: list[Path] = []
    for path in draw(st.lists(st.sampled_from(paths(value)), max_size=4, unique=True)):
        if any(path[: len(other)] == other or other[: len(path)] == path for other in taken):
            continue
        holder = value
        for token in path:
            holder = holder[token]
        choices: list[Edit] = [Replace(path, draw(values))]
        if path:
            choices.append(Remove(path))
        if path and isinstance(path[-1], str):
            choices.append(Rename(path, path[-1] + "\0new"))
        if isinstance(holder, list):
            choices.append(Add((*path, draw(st.integers(0, len(holder)))), draw(values)))
        if isinstance(holder, dict):
            choices.append(Add((*path, "\0added"), draw(values)))
        found.append(draw(st.sampled_from(choices)))
        taken.append(path)
    return found


@given(
    st.data(),
    values,
    st.sampled_from([None, 1, 2, 4, "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_a_text_that_is_changed_says_what_the_value_says(
    data: st.DataObject, value: Any, indent: int | str | None, end: str, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assume(ascii_only or not any("\ud800" <= each <= "\udfff" for each in text))
    text = text.replace("\n", end) + end
    edits = data.draw(edits_of(value))
    result = made(text, *edits)
    assert json.loads(result) == edited(value, edits)
    assert result.endswith(end)
    if not edits:
        assert result == text
