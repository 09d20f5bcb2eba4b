"""JSON texts in which expressions of another format stand, such as `${aws_region.name}`.

Nobody knows what will stand in their place. In the text that is read a mark takes their place,
and what holds a mark becomes `UNKNOWN`.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.found import Excerpt, Misread, Piece, SourceText

# No document has this character of Unicode's private use area.
_MARK: Final = "\U0010fade"

# A token of JSON that is at its end whatever follows.
_TOKEN: Final = re.compile(
    r'"(?:[^"\\\r\n]|\\.)*"|[{}\[\],:]|(?P<word>[^\s"{}\[\],:]+)(?=[\s"{}\[\],:])'
)

_SYNTAX_ERROR: Final = "json-syntax-error"


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

    Within a string of JSON the mark is a part of it; elsewhere it is a string of its own, one for
    several expressions that touch. No two marks are alike, so that no two names are that hold one.
    """
    text: list[str] = []
    pieces: list[Piece] = []
    at, inside, is_behind_mark = 0, False, False
    for number, segment in enumerate(segments):
        if segment.is_expression:
            mark = f"{_MARK}{number}{_MARK}"
            means = mark if inside else "" if is_behind_mark else f'"{mark}"'
            is_behind_mark = True
        else:
            is_behind_mark = False
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
    return _MARK in excerpt.text and any(piece.is_opaque for piece in excerpt.pieces)


def is_expression(excerpt: Excerpt) -> bool:
    """Whether the text is nothing but expressions, so that it could be anything."""
    return has_expressions(excerpt) and all(
        piece.is_opaque or not excerpt.text[piece.start : piece.end].strip()
        for piece in excerpt.pieces
    )


def is_sure(excerpt: Excerpt, error: Misread) -> bool:
    """Whether an error in a text is one whatever comes to stand in place of its expressions.

    JSON is read from the left: what is wrong before the first expression stays so. An expression
    may also be what a part of the text is missing, such as a comma and what follows it.
    """
    if error.rule != _SYNTAX_ERROR:
        return True
    first = next((piece for piece in excerpt.pieces if piece.is_opaque), None)
    if first is None:
        return True
    for piece in excerpt.pieces:
        if piece.file_start <= error.span.start < piece.file_end:
            inside = error.span.start - piece.file_start
            is_plain = piece.end - piece.start == piece.file_end - piece.file_start
            at = piece.start + inside if is_plain else piece.start
            token = _TOKEN.match(excerpt.text, at)
            # A word goes on in what is put right behind it.
            return token is not None and token.end() + bool(token["word"]) <= first.start
    return False


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
