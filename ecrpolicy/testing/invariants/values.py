"""The values of a context key that conditions tell apart."""

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import Final, NamedTuple

from ecrpolicy.iam.model import Condition
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.values import address_of, date_of, network_of, number_of
from ecrpolicy.regions import PARTITIONS
from ecrpolicy.testing.invariants.key_types import (
    KeyType,
    is_multivalued,
    is_single,
    is_tag,
    type_of,
)
from ecrpolicy.testing.invariants.pattern_kinds import STRINGS, kinds, of_condition
from ecrpolicy.testing.invariants.text_kinds import Reader
from ecrpolicy.testing.invariants.text_shapes import AccountText, AnyText, ArnText, Shape

Value = tuple[str, ...]

# Of more single values than these, not every set is tried.
_MAX_MEMBERS: Final = 5
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HIGHEST: Final = {4: 2**32 - 1, 6: 2**128 - 1}
_FIRST: Final = int((datetime.min.replace(tzinfo=UTC) - _EPOCH).total_seconds())
_LAST: Final = int((datetime.max.replace(tzinfo=UTC) - _EPOCH).total_seconds())
_DATE: Final = "2026-01-01T00:00:00Z"

_SHAPES: Final[dict[KeyType, Shape]] = {KeyType.ARN: ArnText(), KeyType.ACCOUNT: AccountText()}
_STRING: Final = "String"


@dataclass(frozen=True)
class Values:
    """What a key can have in a request, nothing among it; `is_complete`: nothing else matters."""

    several: tuple[Value, ...]
    is_complete: bool


def values_of(key: str, conditions: Sequence[Condition], extra: Iterable[str] = ()) -> Values:
    """The values that conditions on one key tell apart, and some that others ask for."""
    found = single_values(key, tuple(conditions))
    single = list(dict.fromkeys((*found.several, *extra)))
    if is_multivalued(key) or (
        not is_single(key) and any(each.operator.qualifier for each in conditions)
    ):
        several = sets_of(single)
        return Values(several.several, found.is_complete and several.is_complete)
    return Values(((), *((each,) for each in single)), found.is_complete)


def sets_of(members: Sequence[str]) -> Values:
    """The sets of members, the smallest first; of too many, those of up to two, and all."""
    is_complete = len(members) <= _MAX_MEMBERS
    most = len(members) if is_complete else 2
    numbers = [*range(most + 1), *([] if is_complete else [len(members)])]
    found = chain.from_iterable(combinations(members, number) for number in numbers)
    return Values(tuple(found), is_complete)


@dataclass(frozen=True)
class SingleValues:
    """Single values of a key; `is_complete`: no others matter."""

    several: tuple[str, ...]
    is_complete: bool


@lru_cache(maxsize=512)
def single_values(key: str, conditions: tuple[Condition, ...]) -> SingleValues:
    """A value of each kind that conditions on a key tell apart, of the key's type."""
    kind = type_of(key)
    families = {_family(each.operator.comparison) for each in conditions} - {Comparison.NULL.value}
    if kind is KeyType.BOOL:
        return SingleValues(("true", "false"), is_complete=True)
    if kind is KeyType.REGION:
        return SingleValues(_regions(conditions), is_complete=True)
    if kind in _TYPED:
        own = _TYPED[kind]
        several = own.make(conditions)
        written = (value for each in conditions for value in each.values)
        read = (each for each in written if own.read(each) is not None)
        found = tuple(dict.fromkeys((*several, *read))) or (own.default,)
        return SingleValues(found, families <= {own.family})
    texts = _texts(key, conditions, _SHAPES.get(kind, AnyText()))
    made = () if kind is not KeyType.TEXT else _of_families(families, conditions)
    return SingleValues(
        tuple(dict.fromkeys((*made, *texts.several))),
        texts.is_complete
        and (families <= {_STRING} or (kind is KeyType.TEXT and len(families) == 1)),
    )


def _of_families(families: set[str], conditions: Sequence[Condition]) -> Iterator[str]:
    """The values that are compared in other ways than texts are."""
    for family in sorted(families & _MAKERS.keys()):
        yield from _MAKERS[family](conditions)


def _family(comparison: Comparison) -> str:
    """Operators whose values are compared in the same way."""
    if comparison in STRINGS:
        return _STRING
    return next(
        (each for each in ("Numeric", "Date") if comparison.startswith(each)), comparison.value
    )


def _texts(key: str, conditions: Sequence[Condition], shape: Shape) -> SingleValues:
    """A text of each kind; an empty one where a key can have it, and it is of another kind."""
    compared = [each for each in conditions if each.operator.comparison in STRINGS]
    reader = Reader(chain.from_iterable(map(of_condition, compared)))
    found = kinds(reader, shape)
    several = [each[0] for each in found.texts.values()]
    has_qualifier = any(each.operator.qualifier is not Qualifier.NONE for each in conditions)
    is_written = any("" in each.values for each in compared)
    is_other = reader.kind(reader.start) not in found.texts
    if has_qualifier or is_written or (is_tag(key) and is_other):
        several.append("")
    return SingleValues(tuple(several), found.is_complete)


def _regions(conditions: Sequence[Condition]) -> tuple[str, ...]:
    """A Region of each kind, of those that there are, and of those that are named."""
    compared = [each for each in conditions if each.operator.comparison in STRINGS]
    reader = Reader(chain.from_iterable(map(of_condition, compared)))
    named = (value for each in compared for value in each.values if not has_wildcard(value))
    found: dict[int, str] = {}
    for region in (*named, *PARTITIONS):
        found.setdefault(reader.kind(reader.after(reader.start, region)), region)
    return tuple(found.values())


def instants(conditions: Iterable[Condition]) -> tuple[int, ...]:
    """Seconds since 1970 in the calendar, of each kind that conditions on times tell apart."""
    limits = _limits(conditions, "Date", date_of) | _limits(conditions, "Numeric", number_of)
    ordered = sorted(
        {
            int(limit.to_integral_value(rounding))
            for limit in limits
            for rounding in (ROUND_FLOOR, ROUND_CEILING)
        }
    )
    if not ordered:
        return (int(date_of(_DATE) or 0),)
    between = [(low + high) // 2 for low, high in pairwise(ordered)]
    found = (*ordered, ordered[0] - 1, ordered[-1] + 1, *between)
    return tuple(each for each in dict.fromkeys(found) if _FIRST <= each <= _LAST)


def moment(seconds: int) -> str:
    """A time as people write it."""
    return (_EPOCH + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def _limits(
    conditions: Iterable[Condition], prefix: str, read: Callable[[str], Decimal | None]
) -> set[Decimal]:
    values = (
        read(value)
        for each in conditions
        if each.operator.comparison.startswith(prefix)
        for value in each.values
    )
    return {each for each in values if each is not None}


def _numbers(conditions: Sequence[Condition]) -> Iterator[str]:
    yield from (f"{each:f}" for each in _around(_limits(conditions, "Numeric", number_of)))


def _dates(conditions: Sequence[Condition]) -> Iterator[str]:
    yield from map(_moment, _around(_limits(conditions, "Date", date_of)))


def _around(limits: Iterable[Decimal]) -> Iterator[Decimal]:
    """Each limit, what lies between two, and what lies outside."""
    ordered = sorted(limits)
    if not ordered:
        return
    yield from ordered
    yield ordered[0] - 1
    yield ordered[-1] + 1
    for low, high in pairwise(ordered):
        yield (low + high) / 2


def _moment(seconds: Decimal) -> str:
    """A time as people write it, where it is a whole second of the calendar."""
    is_plain = seconds == int(seconds) and _FIRST <= seconds <= _LAST
    return moment(int(seconds)) if is_plain else f"{seconds:f}"


def _booleans(_: Sequence[Condition]) -> Iterator[str]:
    yield from ("true", "false")


def _bytes(conditions: Sequence[Condition]) -> Iterator[str]:
    for each in conditions:
        if each.operator.comparison is Comparison.BINARY_EQUALS:
            yield from each.values


def _addresses(conditions: Sequence[Condition]) -> Iterator[str]:
    """The first address of each range, the first behind it, and the first that there is."""
    networks = [
        network
        for each in conditions
        if each.operator.comparison is Comparison.IP_ADDRESS
        for network in map(network_of, each.values)
        if network is not None
    ]
    for network in networks:
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
_MAKERS: Final[dict[str, Callable[[Sequence[Condition]], Iterator[str]]]] = {
    Comparison.BOOL.value: _booleans,
    Comparison.BINARY_EQUALS.value: _bytes,
    Comparison.IP_ADDRESS.value: _addresses,
    "Numeric": _numbers,
    "Date": _dates,
}


class _Typed(NamedTuple):
    """How values of a type are made and read, and one that is there where no condition has any."""

    family: str
    make: Callable[[Sequence[Condition]], Iterator[str]]
    read: Callable[[str], object]
    default: str


_TYPED: Final = {
    KeyType.DATE: _Typed("Date", _dates, date_of, _DATE),
    KeyType.NUMBER: _Typed("Numeric", _numbers, number_of, "60"),
    KeyType.ADDRESS: _Typed(Comparison.IP_ADDRESS.value, _addresses, address_of, "192.0.2.1"),
}
