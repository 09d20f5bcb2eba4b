"""Changes of a document, named by paths: what a fix is made of.

All paths of a fix are those of the document as it was read, and no edit touches what another one
does. They can be made in a value (`edited`), or in a text, where all that they do not touch stays
as it is.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, assert_never

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Replace:
    """Another value in place of the one at the path."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name for the member at the path; its value stays."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Remove:
    """The member or element at the path goes."""

    path: Path


@dataclass(frozen=True, slots=True)
class Add:
    """A new member at the path, the last of its object; or a new element before that number."""

    path: Path
    value: Any


Edit = Replace | Rename | Remove | Add


def edited(value: Any, edits: Iterable[Edit]) -> Any:
    """A copy of a value with the edits made.

    >>> edited({"Action": ["a", "b"]}, [Remove(("Action", 0)), Add(("Effect",), "Deny")])
    {'Action': ['b'], 'Effect': 'Deny'}
    """
    holder = [deepcopy(value)]
    for edit in sorted(edits, key=_place, reverse=True):
        inside: Any = holder
        for token in (0, *edit.path)[:-1]:
            inside = inside[token]
        _make(edit, inside, edit.path[-1] if edit.path else 0)
    return holder[0]


def _place(edit: Edit) -> list[tuple[bool, str | int]]:
    """From the last place to the first, so that the numbers of elements stay true."""
    return [(isinstance(token, str), token) for token in edit.path]


def _make(edit: Edit, holder: Any, token: str | int) -> None:
    match edit:
        case Replace(_, value):
            holder[token] = value
        case Remove():
            del holder[token]
        case Add(_, value):
            if isinstance(token, int):
                holder.insert(token, value)
            else:
                holder[token] = value
        case Rename(_, name):
            members = [(name if each == token else each, held) for each, held in holder.items()]
            holder.clear()
            holder.update(members)
        case never:
            assert_never(never)
