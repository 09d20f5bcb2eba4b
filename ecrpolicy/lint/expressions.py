"""JSON texts in which expressions of another format stand, such as `${aws_region.name}`.

Nobody knows what will stand in their place. In the text that is read a mark takes their place,
and what holds a mark becomes `UNKNOWN`.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.found import Excerpt, Piece, SourceText

# No document has this character of Unicode's private use area.
_MARK: Final = "\U0010fade"


class Segment(NamedTuple):
    """A part of a text: what it means, and where it stands in the file; or an expression there."""

    text: str
    start: int
    end: int
    is_expression: bool = False


def excerpt_of(
    source: SourceText, segments: Iterable[Segment], written: Callable[[str], str] | None
) -> Excerpt:
    """The text of some segments, with a mark for each expression.

    Within a string of JSON the mark is a character of it; elsewhere it is a string of its own.
    """
    text: list[str] = []
    pieces: list[Piece] = []
    at, inside = 0, False
    for segment in segments:
        if segment.is_expression:
            means = _MARK if inside else f'"{_MARK}"'
        else:
            means = segment.text
            inside = _is_inside_string(means, inside=inside)
        if means:
            pieces.append(
                Piece(at, at + len(means), segment.start, segment.end, segment.is_expression)
            )
            text.append(means)
            at += len(means)
    return Excerpt(source, "".join(text), tuple(pieces), written)


def has_expressions(excerpt: Excerpt) -> bool:
    """Whether an expression stands in the text."""
    return any(piece.is_opaque for piece in excerpt.pieces)


def is_expression(excerpt: Excerpt) -> bool:
    """Whether the text is nothing but an expression, so that it could be anything."""
    return excerpt.text.strip() == f'"{_MARK}"'


def with_unknowns(value: Any) -> Any:
    """The value of a text, with `UNKNOWN` where an expression stands.

    An object that has an expression in the name of a member is unknown as a whole.
    """
    if isinstance(value, str):
        return UNKNOWN if _MARK in value else value
    if isinstance(value, list):
        return [with_unknowns(each) for each in value]
    if isinstance(value, dict):
        if any(_MARK in name for name in value):
            return UNKNOWN
        return {name: with_unknowns(each) for name, each in value.items()}
    return value


def _is_inside_string(text: str, *, inside: bool) -> bool:
    """Whether a string of JSON is open at the end of a text, if one is at its beginning or not."""
    at = 0
    while at < len(text):
        if inside and text[at] == "\\":
            at += 1
        elif text[at] == '"':
            inside = not inside
        at += 1
    return inside
