"""Comments that silence rules."""

from collections.abc import Iterable

import pytest

from ecrpolicy.lint.found import SourceText, Span
from ecrpolicy.lint.ignores import ignores_of

TEXT = """\
a = "text # ecrpolicy: ignore[one]"
b = 1 # ecrpolicy: ignore[two, three]
# ecrpolicy: ignore

c = 1"""


def quoted(text: str) -> Iterable[Span]:
    """What stands between the first quotation marks."""
    start = text.index('"')
    return [Span(start, text.index('"', start + 1) + 1)]


def test_what_stands_in_a_string_is_no_comment() -> None:
    found = ignores_of(SourceText("main.tf", TEXT, ("#",), quoted))
    assert [(each.name, each.line) for each in found] == [("two", 2), ("three", 2), (None, 5)]
    everything = ignores_of(SourceText("main.tf", TEXT, ("#",)))
    assert [each.name for each in everything] == ["one", "two", "three", None]


@pytest.mark.parametrize("marks", [(), ("//",)])
def test_only_what_begins_as_comments_do_is_one(marks: tuple[str, ...]) -> None:
    assert ignores_of(SourceText("main.tf", TEXT, marks)) == ()


def test_a_name_has_its_place() -> None:
    *_, three, _ = ignores_of(SourceText("main.tf", TEXT, ("#",)))
    assert TEXT[three.span.start : three.span.end] == "three"
