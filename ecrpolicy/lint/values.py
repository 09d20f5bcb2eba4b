"""Members of plain JSON values, read so that neither their types nor unknown values matter."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ecrpolicy.lint.edit import Path


class Entry(NamedTuple):
    """An object, and where it stands."""

    value: Mapping[str, Any]
    path: Path


def member(value: Any, *names: str) -> Any:
    """What stands under names within each other; None where nothing does.

    >>> member({"selection": {"tagStatus": "any"}}, "selection", "tagStatus")
    'any'
    """
    for name in names:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def objects(value: Any, *names: str, path: Path = ()) -> Iterator[Entry]:
    """The objects of the list that stands under names; `path` is that of the value.

    >>> list(objects({"rules": [{"a": 1}, None]}, "rules"))
    [Entry(value={'a': 1}, path=('rules', 0))]
    """
    held = member(value, *names)
    for at, each in enumerate(held) if isinstance(held, list) else ():
        if isinstance(each, dict):
            yield Entry(each, (*path, *names, at))


def strings(value: Any, *names: str, path: Path = ()) -> Iterator[tuple[str, Path]]:
    """The strings of the list that stands under names, each with its path."""
    held = member(value, *names)
    for at, each in enumerate(held) if isinstance(held, list) else ():
        if isinstance(each, str):
            yield each, (*path, *names, at)


def text(value: Any, *names: str) -> str | None:
    """The string that stands under names; None where there is none."""
    held = member(value, *names)
    return held if isinstance(held, str) else None


def integer(value: Any, *names: str) -> int | None:
    """The integer that stands under names; None where there is none, and for `true`."""
    held = member(value, *names)
    return held if isinstance(held, int) and not isinstance(held, bool) else None


def at_path(value: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does.

    >>> at_path({"rules": [{"a": 1}]}, ("rules", 0, "a"))
    1
    """
    for token in path:
        if isinstance(value, dict):
            value = value.get(token)
        elif isinstance(value, list) and isinstance(token, int) and token < len(value):
            value = value[token]
        else:
            return None
    return value


def path_of(value: Any, tokens: list[str]) -> Path:
    """The path that the tokens of a JSON pointer stand for in a value: numbers where lists are.

    >>> path_of({"rules": [{"a": 1}]}, ["rules", "0", "a"])
    ('rules', 0, 'a')
    """
    path: list[str | int] = []
    for token in tokens:
        is_number = isinstance(value, list) and token.isascii() and token.isdecimal()
        path.append(int(token) if is_number else token)
        value = at_path(value, (path[-1],))
    return tuple(path)
