"""Documents that break exactly one rule, and say which: what all of them are made with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

Json = dict[str, Any]
Breakage = Callable[[DrawFn], "Invalid"]
"""Draws a document that breaks one rule."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """A document that breaks one rule.

    `document` is a JSON value; `rule` the name of the one finding that parsing it makes, and
    `pointer` (JSON pointer) its place. Of words, requests and snapshots, whose findings have no
    names of their own, `rule` says which of several ways to go wrong it is.
    """

    document: Any
    rule: str
    pointer: str


# Of JSON types that a member can have by mistake; the names are those of `WRONG`.
WRONG: Final[Mapping[str, Sequence[Any]]] = {
    "string": (1, True, [], {}),
    "integer": ("1", True, 1.5, [], {}),
    "boolean": ("true", 1, [], {}),
    "array": ("", 1, {}),
    "object": ("", 1, []),
}
"""Values of other types than the named one; null is not among them."""


def invalid(
    breakages: Mapping[str, Sequence[Breakage]], rules: Sequence[str] | None
) -> SearchStrategy[Invalid]:
    """What one of the breakages draws; with `rules`, of those that break one of these.

    Raises InvalidArgument for a rule that none breaks.
    """
    chosen = list(breakages) if rules is None else list(rules)
    unknown = [rule for rule in chosen if rule not in breakages]
    if unknown or not chosen:
        known = ", ".join(f"`{rule}`" for rule in breakages)
        raise InvalidArgument(f"`rules` is {rules!r}; known are {known}")
    return _drawn(tuple(tuple(breakages[rule]) for rule in chosen))


@st.composite
def _drawn(draw: DrawFn, breakages: tuple[tuple[Breakage, ...], ...]) -> Invalid:
    of_one_rule = draw(st.sampled_from(breakages))
    return draw(st.sampled_from(of_one_rule))(draw)


def pick(draw: DrawFn, values: Sequence[Any]) -> Any:
    """One of several values, the first of them where it does not matter."""
    return draw(st.sampled_from(values))


def inserted(draw: DrawFn, several: Sequence[Any], new: Sequence[Any]) -> tuple[list[Any], int]:
    """A list with new elements put in somewhere, one behind the other, and where that is."""
    at = draw(st.integers(0, len(several)))
    return [*several[:at], *new, *several[at:]], at
