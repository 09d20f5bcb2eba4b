"""How strategies are put together of others."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

_T = TypeVar("_T")


def built(
    make: Callable[..., _T], *parts: SearchStrategy[Any], **named: SearchStrategy[Any]
) -> SearchStrategy[_T]:
    """What a function makes of drawn arguments.

    Unlike that of `builds`, a failing example shows what was made and not how, and the strategy
    itself is short when it is shown. Models find their members under their Python names.
    """

    @st.composite
    def drawn(draw: DrawFn) -> _T:
        found = [draw(each) for each in parts]
        return make(*found, **{name: draw(each) for name, each in named.items()})

    return drawn()


def one_of_many(values: Sequence[_T]) -> SearchStrategy[_T]:
    """One of so many values that a strategy had better not list them when it is shown."""
    return st.integers(0, len(values) - 1).map(values.__getitem__)


def tuples_of(
    strategy: SearchStrategy[_T],
    *,
    least: int = 0,
    most: int,
    key: Callable[[_T], object] | None = None,
) -> SearchStrategy[tuple[_T, ...]]:
    """Tuples of `least` to `most` elements; with a `key`, of which no two have the same."""
    if key is None:
        return st.lists(strategy, min_size=least, max_size=most).map(tuple)
    return st.lists(strategy, min_size=least, max_size=most, unique_by=key).map(tuple)
