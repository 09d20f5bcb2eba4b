"""Values of an element that others of its values cover."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint import matching
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.policy import Value
from ecrpolicy.lint.rule import Problem

_OPEN: Final = "${"
_VARIABLE: Final = re.compile(r"\$\{[^}]*\}?")
_EVERYTHING: Final = "*"

_Covers = Callable[[str, str], bool]


def covered_actions(values: Sequence[Value]) -> Iterator[Problem]:
    """A problem for each action that another one covers."""
    yield from _covered(values, str.lower, matching.means)


def covered_resources(values: Sequence[Value]) -> Iterator[Problem]:
    """A problem for each resource that another one covers."""
    yield from _covered(values, str, _covers_resource)


def _covered(
    values: Sequence[Value], plain: Callable[[str], str], covers: _Covers
) -> Iterator[Problem]:
    if len(values) < 2:
        return
    first: dict[str, Value] = {}
    for value in values:
        first.setdefault(plain(value.text), value)
    patterns = {text: value for text, value in first.items() if has_wildcard(text)}
    for value in values:
        text = plain(value.text)
        if first[text] is not value:
            yield _problem(value, f"{shown(value.text)} stands here twice")
            continue
        for pattern, other in patterns.items():
            if pattern != text and covers(pattern, text) and not _is_as_wide(pattern, text, covers):
                yield _problem(value, f"{shown(other.text)} covers {shown(value.text)}")
                break


def _is_as_wide(pattern: str, text: str, covers: _Covers) -> bool:
    """Whether each of two patterns covers the other, and the other one is to go."""
    return (
        has_wildcard(text)
        and covers(text, pattern)
        and (len(text), text)
        < (
            len(pattern),
            pattern,
        )
    )


def _covers_resource(pattern: str, resource: str) -> bool:
    """Whether a pattern covers a resource, whatever its variables become.

    `*` alone covers requests without a resource, too, and nothing else does.
    """
    if resource == _EVERYTHING or _OPEN in pattern:
        return False
    return matching.covers(pattern, _VARIABLE.sub("*", resource))


def _problem(value: Value, message: str) -> Problem:
    return Problem(value.path, message, "delete it", fix=(Remove(value.path),))
