"""From a JSON pointer to a line and a column, without building anything.

The path is walked with the scanners of the standard library, so that a place in a file of many
megabytes costs about as much as `json.loads` of what stands before it. The text must be JSON.
"""

import json
import re
from itertools import islice
from typing import Final

from ecrpolicy.finding import Location

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
# Numbers are read as floats: Python refuses to make an integer of thousands of digits.
_DECODER: Final = json.JSONDecoder(parse_int=float)


def pointer(*tokens: str | int) -> str:
    """The JSON pointer (RFC 6901) of a path.

    >>> pointer("rules", 0, "a/b")
    '/rules/0/a~1b'
    """
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens)


def tokens(pointer: str) -> list[str]:
    """The path of a JSON pointer.

    >>> tokens("/rules/0/a~1b")
    ['rules', '0', 'a/b']
    """
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""Line and column of an offset, both from 1; `\\n`, `\\r\\n` and a lone `\\r` end a line.

    >>> line_and_column("a\r\nbc", 4)
    (2, 2)
    """
    ends = text.count("\n", 0, offset) + text.count("\r", 0, offset)
    line = 1 + ends - text.count("\r\n", 0, offset)
    start = 1 + max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset))
    return line, offset - start + 1


def offset_of(text: str, line: int, column: int) -> int:
    r"""The offset of a line and a column, both from 1; what is behind the text is its end.

    >>> offset_of("a\r\nbc", 2, 2)
    4
    """
    at = 0
    for found in islice(_LINE_END.finditer(text), line - 1):
        at = found.end()
    return min(at + column - 1, len(text))


def locate(
    text: str, pointer: str, *, key: bool = False, file: str | None = None, start: int = 0
) -> Location:
    """The place of a value, or with `key` of its member name, in a JSON text.

    `start` is where in the text the document begins. A pointer that leads nowhere is answered
    with the innermost value that exists.
    """
    line, column = line_and_column(text, offset(text, tokens(pointer), start, key=key))
    return Location(file, line, column, pointer)


def shifted(location: Location, base: Location, prefix: str = "") -> Location:
    """A place within a part of a text, as a place in the whole; the part starts at `base`."""
    line, column = location.line, location.column
    if line is not None and column is not None and base.line is not None:
        column = column + (base.column or 1) - 1 if line == 1 else column
        line += base.line - 1
    else:
        line, column = base.line, base.column
    return Location(base.file, line, column, prefix + location.pointer)


def offset(text: str, path: list[str], start: int = 0, *, key: bool = False) -> int:
    """The offset of a value, or with `key` of its member name, on the path of a pointer."""
    at = name_at = _skip_space(text, start)
    for token in path:
        if text.startswith("{", at):
            found = _member(text, at, token)
        elif text.startswith("[", at):
            found = _element(text, at, token)
        else:
            found = None
        if found is None:
            return at
        name_at, at = found
    return name_at if key else at


def _member(text: str, at: int, name: str) -> tuple[int, int] | None:
    """Offsets of the name and the value of the last member of that name, as parsers read it."""
    found = None
    at = _skip_space(text, at + 1)
    while not text.startswith("}", at):
        key, end = _DECODER.raw_decode(text, at)
        value_at = _skip_space(text, _skip_space(text, end) + 1)
        if key == name:
            found = at, value_at
        at = _after_value(text, value_at)
    return found


def _element(text: str, at: int, token: str) -> tuple[int, int] | None:
    """Offset of an element of a list, twice: it has no name."""
    if not (token.isascii() and token.isdecimal()):
        return None
    at = _skip_space(text, at + 1)
    for _ in range(int(token)):
        if text.startswith("]", at):
            return None
        at = _after_value(text, at)
    return None if text.startswith("]", at) else (at, at)


def _after_value(text: str, at: int) -> int:
    """Where the next member or element starts, or the closing bracket stands."""
    _, end = _DECODER.raw_decode(text, at)
    end = _skip_space(text, end)
    return _skip_space(text, end + 1) if text.startswith(",", end) else end


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
