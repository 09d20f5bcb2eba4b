"""Files with comments, for the tests of what silences rules."""

from collections.abc import Collection

from ecrpolicy.lint import Kind
from ecrpolicy.lint.engine import Context, lint
from ecrpolicy.lint.found import Excerpt, Reading, SourceText, Span
from ecrpolicy.lint.json_places import read_json
from ecrpolicy.lint.selection import Selection

TRIPS = '{"Version": "2012-10-17", "Statement": {"Action": "ecr:*", "Resource": "*"}}'
"""A policy without an effect."""


def commented(text: str, *, anchors: tuple[int, ...] = ()) -> Reading:
    """The policy that stands where the text says TRIPS, else `{}`."""
    source = SourceText("main.tf", text.replace("TRIPS", TRIPS), ("#", "//"))
    start = source.text.find(TRIPS)
    excerpt = Excerpt.part(source, Span(start, start + len(TRIPS)))
    if start < 0:
        start = source.text.find("{}")
        excerpt = Excerpt.part(source, Span(start, start + 2) if start >= 0 else Span(0, 0))
        kind = Kind.SCANNING
        if start < 0:
            excerpt = Excerpt(source, "{}", ())
        return read_json(excerpt, kind, anchors=anchors)
    return read_json(excerpt, Kind.IDENTITY, anchors=anchors)


def found_in(
    text: str, *, anchors: tuple[int, ...] = (), ignore: Collection[str] = ()
) -> list[tuple[str, str, str]]:
    """What is found in a file with comments: rule, line and column, message with help."""
    context = Context(Selection(ignore=frozenset(ignore)))
    return [
        (
            each.rule,
            f"{each.finding.location.line}:{each.finding.location.column}",
            f"{each.message}; {each.help}" if each.help else each.message,
        )
        for each in lint(commented(text, anchors=anchors), context)
    ]
