"""JSON texts with expressions in them."""

import json
from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.expressions import (
    Segment,
    excerpt_of,
    has_expressions,
    is_expression,
    is_sure,
    with_unknowns,
)
from ecrpolicy.lint.found import Change, Excerpt, Misread, SourceText, Span


def excerpt(text: str) -> Excerpt:
    """A text in which `<…>` are expressions, and `\\t` is written with two characters."""
    segments: list[Segment] = []
    at = 0
    while at < len(text):
        if text[at] == "<":
            end = text.index(">", at) + 1
            segments.append(Segment("", at, end, is_expression=True))
        elif text.startswith("\\t", at):
            end = at + 2
            segments.append(Segment("\t", at, end))
        else:
            stops = (found for each in ("<", "\\t") if (found := text.find(each, at)) >= 0)
            end = min(stops, default=len(text))
            segments.append(Segment(text[at:end], at, end))
        at = end
    return excerpt_of(SourceText("a.tf", text), segments, str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', {"a": 1}),
        ('{"a": <b>, "c": 1}', {"a": UNKNOWN, "c": 1}),
        ('{"a": "b <c> d <e>", "f": "g"}', {"a": UNKNOWN, "f": "g"}),
        ('{"a": <b><c>}', {"a": UNKNOWN}),
        ('{"a": "<b><c>"}', {"a": UNKNOWN}),
        ('{"a": "\\"<b>"}', {"a": UNKNOWN}),
        ('{"a": "\\\\", "b": [<c>, "d", <e>]}', {"a": "\\", "b": [UNKNOWN, "d", UNKNOWN]}),
        ('{"<a>": 1}', UNKNOWN),
        ('{"x": {"<a>": 1, "<b>": 2}, "y": [{"c-<d>": 3}]}', {"x": UNKNOWN, "y": [UNKNOWN]}),
        ('{"a-<b>": 1, "a-<c>": 2}', UNKNOWN),
        ('["<a>", true, null, 1.5]', [UNKNOWN, True, None, 1.5]),
        ("<a>", UNKNOWN),
    ],
)
def test_what_holds_an_expression_is_unknown(text: str, expected: Any) -> None:
    assert with_unknowns(json.loads(excerpt(text).text)) == expected


def test_what_is_an_expression() -> None:
    for text in ("<a>", " <a>\n", "<a><b>", "<a> <b>"):
        assert is_expression(excerpt(text))
    for text in ("", "{}", "<a>{}", '"<a>"'):
        assert not is_expression(excerpt(text))
    assert has_expressions(excerpt('"<a>"'))
    assert not has_expressions(excerpt('"a"'))


def test_places() -> None:
    text = '{"a": <b><c>, "d": "e <f>\\t g"}'
    found = excerpt(text)

    def stands(part: str, at: int = 0) -> str:
        start = found.text.index(part) + at
        span = found.place(start, start + 1)
        return text[span.start : span.end]

    assert stands('"d"') == '"'
    assert stands("e ", 1) == " "
    assert stands("\t") == "\\t"
    assert stands(" g") == " "
    assert stands(": ", 2) == "<b>"
    assert found.changes([Change(0, 1, "[")]) == (Change(0, 1, "["),)
    mark = found.text.index(": ") + 3
    assert found.changes([Change(mark, mark + 1, "1")]) is None
    assert found.changes([Change(0, 1, "["), Change(mark - 3, mark + 3, "1")]) is None


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("{,", 1, True),
        ('{"a" 1, "b": <c>}', 5, True),
        ('{"a": 1 "b": <c>}', 8, True),
        ('{"a": 1 "b<c>": 1}', 8, False),
        ('{"a": x<c>}', 6, False),
        ('{"a": x <c>}', 6, True),
        ('{"a": "b\n<c>"}', 6, False),
        ("[1 <c>]", 3, False),
        ("[1 <c> 2]", 7, False),
        ('{"a":\\t]<c>}', 7, True),
        ('{"a":\\t]<c>}', 5, False),
        ("", 0, True),
        ('{"a":<c>', 8, False),
    ],
)
def test_which_errors_are_sure(text: str, at: int, expected: bool) -> None:
    found = excerpt(text)
    error = Misread(found.source, "json-syntax-error", Span(at, at + 1), "")
    assert is_sure(found, error) is expected
    assert is_sure(found, Misread(found.source, "duplicate-key", Span(at, at + 1), ""))
