"""The parts of a JSON text with their offsets: members, elements, characters of strings.

The text must be JSON; nothing is built but what is asked for.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from ecrpolicy.document.location import offset

# Numbers are read as floats: Python refuses to make an integer of thousands of digits.
_DECODER: Final = json.JSONDecoder(parse_int=float)
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_WRITTEN: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]",
    re.DOTALL,
)
_RUNS: Final = re.compile(rf"[^\\]+|{_WRITTEN.pattern}", re.DOTALL)


class Part(NamedTuple):
    """A member or an element: its value from `start` to `end`; a member has a name before it."""

    start: int
    end: int
    name: str | None = None
    name_start: int = 0
    name_end: int = 0

    @property
    def whole_start(self) -> int:
        """Where it begins, with its name."""
        return self.start if self.name is None else self.name_start


class Character(NamedTuple):
    """A character of a string, from `start` to `end`; escape sequences are longer than one."""

    start: int
    end: int
    means: str


def end_of(text: str, start: int) -> int:
    """Where the value that begins at an offset ends.

    >>> end_of('{"a": [1]}', 6)
    9
    """
    return _DECODER.raw_decode(text, start)[1]


def span_of(text: str, path: tuple[str | int, ...], *, at_name: bool = False) -> tuple[int, int]:
    """Where the value on a path begins and ends, or with `at_name` its name.

    A path that leads nowhere is answered with the innermost value that exists.
    """
    start = offset(text, [str(token) for token in path], key=at_name)
    return start, end_of(text, start)


def parts_of(text: str, start: int) -> tuple[Part, ...]:
    """The members or elements of the object or list that begins at an offset; none of all else.

    >>> [part.name for part in parts_of('{"a": 1, "b": 2}', 0)]
    ['a', 'b']
    """
    return tuple(_parts(text, start)) if text[start] in "{[" else ()


def _parts(text: str, start: int) -> Iterator[Part]:
    is_object = text[start] == "{"
    at = _skip_space(text, start + 1)
    while text[at] not in "}]":
        name, name_start, name_end = None, at, at
        if is_object:
            name, name_end = _DECODER.raw_decode(text, at)
            at = _skip_space(text, _skip_space(text, name_end) + 1)
        end = end_of(text, at)
        yield Part(at, end, name, name_start, name_end)
        at = _skip_space(text, end)
        if text[at] == ",":
            at = _skip_space(text, at + 1)


def characters(text: str, start: int, end: int) -> Iterator[Character]:
    r"""The characters of the string that stands, with its quotes, from one offset to another.

    >>> [character.means for character in characters(r'"a\n"', 0, 5)]
    ['a', '\n']
    """
    for found in _WRITTEN.finditer(text, start + 1, end - 1):
        written = found.group()
        means = _meant(written) if written.startswith("\\") else written
        yield Character(*found.span(), means)


def runs(text: str, start: int, end: int) -> Iterator[Character]:
    r"""The same, with characters that stand as they are, one behind the other, in one.

    >>> [run.means for run in runs(r'"abc\nd"', 0, 8)]
    ['abc', '\n', 'd']
    """
    for found in _RUNS.finditer(text, start + 1, end - 1):
        written = found.group()
        means = _meant(written) if written.startswith("\\") else written
        yield Character(*found.span(), means)


@lru_cache(maxsize=256)
def _meant(escape: str) -> str:
    means: str = json.loads(f'"{escape}"')
    return means


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
