"""Documents that are JSON texts within files: where their parts stand, and how they change."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.edit import Add, Edit, Path, Remove, Replace
from ecrpolicy.lint.found import Excerpt, Piece, PlacedDocument, SourceText, Span
from ecrpolicy.lint.json_edits import changed
from ecrpolicy.lint.json_places import JsonPlaces, read_json, string_excerpt


def only(excerpt: Excerpt, **known: Any) -> PlacedDocument:
    reading = read_json(excerpt, Kind.IDENTITY, **known)
    [found] = reading.documents
    assert reading.misread == ()
    return found


def marked(document: PlacedDocument, path: Path, **how: Any) -> str:
    """The text that a place is about."""
    start, end = document.places.span(path, **how)
    return document.source.text[start:end]


def made(document: PlacedDocument, *edits: Edit) -> str:
    changes = document.places.changes(edits)
    assert changes is not None
    return changed(document.source.text, changes)


WHOLE = '{"a": ["x\\u0041\\n\\ud83d\\ude00y"], "b": {"c": 1}}'


def test_a_file_as_a_whole() -> None:
    document = only(Excerpt.whole(SourceText("a.json", WHOLE)))
    assert document.value == {"a": ["xA\n😀y"], "b": {"c": 1}}
    assert document.text == WHOLE
    assert marked(document, ("b",)) == '{"c": 1}'
    assert marked(document, ("b",), at_name=True) == '"b"'
    assert marked(document, ("a", 0), offset=1) == "\\u0041"
    assert marked(document, ("a", 0), offset=3) == "\\ud83d\\ude00"
    assert marked(document, ("a", 0), offset=4) == "y"
    assert marked(document, ("a", 0), offset=99) == '"x\\u0041\\n\\ud83d\\ude00y"'
    assert marked(document, ("b", "none")) == '{"c": 1}'
    assert marked(document, ()) == WHOLE
    assert marked(document, (), at_name=True) == WHOLE


def test_an_object_within_a_file() -> None:
    places = JsonPlaces(Excerpt.whole(SourceText("a.json", WHOLE)), ("b",))
    at = WHOLE.rindex("1")
    assert places.span(("c",)) == Span(at, at + 1)
    assert places.changes([Replace(("c",), 2)]) == ((at, at + 1, "2"),)


TEXT = '{"Action": "ecr:é",\n"Effect": "Allow"}'


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_string_within_a_file(ascii_only: bool) -> None:
    held = json.dumps({"policyText": TEXT}, indent=2, ensure_ascii=ascii_only)
    source = SourceText("a.json", held)
    start = held.index('"{')
    document = only(string_excerpt(source, Span(start, len(held) - 2)))
    assert document.text == TEXT
    assert marked(document, ("Effect",)) == '\\"Allow\\"'
    assert marked(document, ("Effect",), offset=1) == "l"
    assert marked(document, ("Action",), offset=4) == ("\\u00e9" if ascii_only else "é")
    result = made(document, Replace(("Effect",), "Deny"), Add(("Sid",), "a\nb"))
    assert json.loads(json.loads(result)["policyText"]) == {
        "Action": "ecr:é",
        "Effect": "Deny",
        "Sid": "a\nb",
    }


HEREDOC = """\
  policy = <<-EOF
    {
      "Action": "ecr:*",
      "Resource": "${var.arn}/*"
    }
  EOF
"""


def heredoc() -> PlacedDocument:
    """A document that stands indented in its file, with an expression in it."""
    source, lines, pieces = SourceText("main.tf", HEREDOC, ("#",)), [], []
    at, start = HEREDOC.index("    {"), 0
    for line in HEREDOC.splitlines(keepends=True)[1:-1]:
        before, expression, after = line[4:].partition("${var.arn}")
        for part, text in ((before, before), (expression, "X"), (after, after)):
            if part:
                place = at + 4 + line[4:].index(part)
                pieces.append(
                    Piece(start, start + len(text), place, place + len(part), part == expression)
                )
                lines.append(text)
                start += len(text)
        at += len(line)
    excerpt = Excerpt(
        source, "".join(lines), tuple(pieces), lambda text: text.replace("\n", "\n    ")
    )
    return only(excerpt, made_of=lambda value: {**value, "Resource": UNKNOWN})


def test_a_heredoc() -> None:
    document = heredoc()
    assert document.value == {"Action": "ecr:*", "Resource": UNKNOWN}
    assert document.text is None
    assert marked(document, ("Action",)) == '"ecr:*"'
    assert marked(document, ("Resource",)) == '"${var.arn}/*"'
    assert made(document, Replace(("Action",), "*")) == HEREDOC.replace("ecr:*", "*")
    assert made(document, Add(("Sid",), "a")) == HEREDOC.replace(
        '/*"\n', '/*",\n      "Sid": "a"\n'
    )


def test_expressions_are_not_changed() -> None:
    document = heredoc()
    assert document.places.changes([Replace(("Resource",), "*")]) is None
    assert document.places.changes([Remove(("Resource",))]) is None
    assert document.places.changes([Remove(("Action",))]) is not None


def test_an_excerpt_that_cannot_be_written() -> None:
    source = SourceText("a", "%7B%7D")
    document = only(Excerpt(source, "{}", (Piece(0, 2, 0, 6, is_opaque=True),), None))
    assert document.places.span(()) == Span(0, 6)
    assert document.places.changes([Add(("a",), 1)]) is None


def test_all_syntax_errors_are_placed_in_the_file() -> None:
    source = SourceText("a.json", json.dumps({"policyText": '{"a": 1,\n"b": nul,}'}))
    excerpt = string_excerpt(source, Span(15, len(source.text) - 1))
    reading = read_json(excerpt, Kind.IDENTITY, name="policyText", anchors=(3,))
    assert reading.documents == ()
    assert [
        (each.rule, source.text[each.span.start : each.span.end], each.name, each.anchors)
        for each in reading.misread
    ] == [
        ("json-syntax-error", "n", "policyText", (3,)),
        ("json-syntax-error", "}", "policyText", (3,)),
    ]


def test_an_error_at_the_end_is_placed_there() -> None:
    source = SourceText("a.json", "[")
    [misread] = read_json(Excerpt.whole(source), Kind.IDENTITY).misread
    assert misread.span == Span(1, 1)


@given(st.text(), st.text(max_size=3), st.booleans())
def test_places_in_strings_are_those_of_their_characters(
    text: str, before: str, ascii_only: bool
) -> None:
    written = json.dumps(text, ensure_ascii=ascii_only)
    source = SourceText("a", f"{before}{written}.")
    excerpt = string_excerpt(source, Span(len(before), len(before) + len(written)))
    assert excerpt.text == text
    for at, character in enumerate(text):
        start, end = excerpt.place(at, at + 1)
        assert json.loads(f'"{source.text[start:end]}"') == character
    assert excerpt.place(len(text), len(text)).end == len(before) + len(written) - 1
