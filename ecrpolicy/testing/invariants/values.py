"""The values of a context key that conditions tell apart."""

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import chain, combinations, pairwise
from typing import Final

from ecrpolicy.iam.model import Condition
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.values import date_of, network_of, number_of
from ecrpolicy.testing.invariants.pattern_kinds import kinds

Value = tuple[str, ...]

_LITERAL: Final = frozenset(
    (Comparison.STRING_EQUALS, Comparison.STRING_EQUALS_IGNORE_CASE, Comparison.BINARY_EQUALS)
)
_STRINGS: Final = _LITERAL | {Comparison.STRING_LIKE, Comparison.ARN}
# Of more kinds of single values than these, not every set is tried.
_MAX_MEMBERS: Final = 3
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HIGHEST: Final = {4: 2**32 - 1, 6: 2**128 - 1}


@dataclass(frozen=True)
class Values:
    """What a key can have in a request, nothing among it; `is_complete`: nothing else matters."""

    several: tuple[Value, ...]
    is_complete: bool


def values_of(conditions: Sequence[Condition], extra: Iterable[str] = ()) -> Values:
    """The values that conditions on one key tell apart, and some that others ask for."""
    families = {_family(each.operator.comparison) for each in conditions} - {Comparison.NULL}
    single = list(dict.fromkeys((*_single(conditions), *extra)))
    is_complete = len(families) <= 1 and _is_complete(conditions)
    several: list[Value] = [(), *((each,) for each in single)]
    if any(each.operator.qualifier is not Qualifier.NONE for each in conditions):
        most = len(single) if len(single) <= _MAX_MEMBERS else 2
        several += chain.from_iterable(
            combinations(single, number) for number in range(2, most + 1)
        )
        if len(single) > _MAX_MEMBERS:
            several.append(tuple(single))
            is_complete = False
    return Values(tuple(dict.fromkeys(several)), is_complete)


def _family(comparison: Comparison) -> str:
    """Operators whose values are compared in the same way."""
    if comparison in _STRINGS:
        return "string"
    return next((each for each in ("Numeric", "Date") if comparison.startswith(each)), comparison)


def _is_complete(conditions: Sequence[Condition]) -> bool:
    """Whether one value of each kind is among those that are made."""
    texts = [each for each in conditions if each.operator.comparison in _STRINGS]
    if any(
        each.operator.comparison is Comparison.STRING_EQUALS_IGNORE_CASE for each in texts
    ) and any(
        each.operator.comparison in (Comparison.STRING_LIKE, Comparison.ARN) for each in texts
    ):
        return False
    inner = {
        value
        for each in texts
        if each.operator.comparison is Comparison.ARN
        for value in each.values
        if has_wildcard(":".join(value.split(":", 5)[:5]))
    }
    # The fields of ARNs are matched apart: a wildcard in one does not reach into the next.
    return len(inner) == 0 or len({value for each in texts for value in each.values}) == 1


def _single(conditions: Sequence[Condition]) -> Iterator[str]:
    yield from _texts([each for each in conditions if each.operator.comparison in _STRINGS])
    for condition in conditions:
        comparison = condition.operator.comparison
        if comparison is Comparison.BOOL:
            yield from ("true", "false")
        elif comparison is Comparison.NULL:
            yield "x"
    for prefix, read, write in (("Numeric", number_of, _plain), ("Date", date_of, _moment)):
        limits = [
            limit
            for each in conditions
            if each.operator.comparison.startswith(prefix)
            for limit in map(read, each.values)
            if limit is not None
        ]
        yield from map(write, _around(limits))
    networks = [
        value
        for each in conditions
        if each.operator.comparison is Comparison.IP_ADDRESS
        for value in each.values
    ]
    yield from _addresses(networks)


def _texts(conditions: Sequence[Condition]) -> Iterator[str]:
    """A text of each kind; where case is no matter, in both."""
    if not conditions:
        return
    literals: list[str] = []
    patterns: list[str] = []
    for each in conditions:
        is_literal = each.operator.comparison in _LITERAL
        (literals if is_literal else patterns).extend(each.values)
        if each.operator.comparison is Comparison.STRING_EQUALS_IGNORE_CASE:
            literals += [value.swapcase() for value in each.values]
    if "" in literals or any(each.operator.qualifier for each in conditions):
        yield ""
    yield from literals
    yield from kinds(patterns, filter(None, literals)).texts.values()


def _around(limits: Iterable[Decimal]) -> Iterator[Decimal]:
    """Each limit, what lies between two, and what lies outside."""
    ordered = sorted(set(limits))
    if not ordered:
        return
    yield from ordered
    yield ordered[0] - 1
    yield ordered[-1] + 1
    for low, high in pairwise(ordered):
        yield (low + high) / 2


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _moment(seconds: Decimal) -> str:
    """A time as people write it, where the calendar has it."""
    try:
        time = _EPOCH + timedelta(seconds=int(seconds))
    except OverflowError:
        return _plain(seconds)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if seconds == int(seconds) else _plain(seconds)


def _addresses(networks: Sequence[str]) -> Iterator[str]:
    """The first address of each range, the first behind it, and the first that there is."""
    for value in networks:
        network = network_of(value)
        if network is None:
            continue
        make = _ADDRESS[network.version]
        yield make(network.first)
        if network.last < _HIGHEST[network.version]:
            yield make(network.last + 1)
    if networks:
        yield from (make(0) for make in _ADDRESS.values())


_ADDRESS: Final[dict[int, Callable[[int], str]]] = {
    4: lambda value: str(ipaddress.IPv4Address(value)),
    6: lambda value: str(ipaddress.IPv6Address(value)),
}
