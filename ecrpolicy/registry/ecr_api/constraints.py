"""The constraints that the API's model sets members, in the words of the service.

A list of the words is in "Amazon ECR API Reference", each operation's "Request Parameters".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from botocore.model import Shape

_SIZED: Final = ("list", "string", "blob")

# The model's pattern of a scan filter tries all ways to split a text that does not match: 40
# letters and a `!` take hours. This one means the same, and has one way.
_SAME: Final = {
    r"^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$": r"[a-z0-9*]+(?:[._\-/][a-z0-9*]+)*",
}

# What the service says where it checks a name itself.
_OWN_PATTERN_WORDS: Final = frozenset(("RepositoryName",))


@dataclass(frozen=True, slots=True)
class Constraint:
    """What must hold of a value, and what the service says where it does not."""

    text: str
    holds: Callable[[Any], bool]


def constraints_of(shape: Shape) -> tuple[Constraint, ...]:
    """The constraints of a member, bounds before patterns."""
    return tuple(_constraints_of(shape))


def _constraints_of(shape: Shape) -> Iterator[Constraint]:
    limits = shape.metadata
    if "max" in limits:
        yield _at_most(shape, limits["max"])
    if "min" in limits:
        yield _at_least(shape, limits["min"])
    if "enum" in limits:
        choices = frozenset(limits["enum"])
        listed = ", ".join(limits["enum"])
        yield Constraint(f"Member must satisfy enum value set: [{listed}]", choices.__contains__)
    if "pattern" in limits:
        yield _of_pattern(shape, limits["pattern"])


def _at_most(shape: Shape, most: int) -> Constraint:
    if shape.type_name in _SIZED:
        text = f"Member must have length less than or equal to {most}"
        return Constraint(text, lambda value: len(value) <= most)
    text = f"Member must have value less than or equal to {most}"
    return Constraint(text, lambda value: value <= most)


def _at_least(shape: Shape, least: int) -> Constraint:
    if shape.type_name in _SIZED:
        text = f"Member must have length greater than or equal to {least}"
        return Constraint(text, lambda value: len(value) >= least)
    text = f"Member must have value greater than or equal to {least}"
    return Constraint(text, lambda value: value >= least)


def _of_pattern(shape: Shape, pattern: str) -> Constraint:
    """A text must match as a whole, in ASCII."""
    matches = re.compile(_SAME.get(pattern, pattern), re.ASCII).fullmatch
    text = f"Member must satisfy regular expression pattern: {pattern}"
    if shape.name in _OWN_PATTERN_WORDS:
        text = f"must satisfy regular expression '{pattern}'"
    return Constraint(text, lambda value: matches(value) is not None)
