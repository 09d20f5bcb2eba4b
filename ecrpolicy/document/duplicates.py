"""Members that stand twice in one object of a JSON text."""

import json
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ecrpolicy.document.location import pointer

_STRINGS_AND_MARKS: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],]')


class Duplicate(NamedTuple):
    """A member name that stands in its object before, and where this later one stands."""

    offset: int
    name: str
    pointer: str


class _Open:
    """An object or a list that is being read; `at` is the member or the element that comes.

    `names` are the members that an object has had, and `at` is None before the name of one.
    """

    __slots__ = ("at", "names")

    def __init__(self, *, is_object: bool) -> None:
        self.names: set[str] = set()
        self.at: str | int | None = None if is_object else 0


def duplicates(text: str) -> Iterator[Duplicate]:
    """The names that stand twice in one object, in the order of the text, which must be JSON.

    >>> [found.pointer for found in duplicates('{"a": [{"b": 1, "b": 2}]}')]
    ['/a/0/b']
    """
    around: list[_Open] = []
    for found in _STRINGS_AND_MARKS.finditer(text):
        part = found.group()
        if part in "{[":
            around.append(_Open(is_object=part == "{"))
        elif part in "}]":
            around.pop()
        elif part == ",":
            inner = around[-1]
            inner.at = inner.at + 1 if isinstance(inner.at, int) else None
        elif around and around[-1].at is None:
            inner = around[-1]
            name = inner.at = str(json.loads(part))
            if name in inner.names:
                path = (each.at for each in around if each.at is not None)
                yield Duplicate(found.start(), name, pointer(*path))
            inner.names.add(name)
