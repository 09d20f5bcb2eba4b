"""Conditions, made into functions of what a request says about the context keys.

IAM User Guide, "IAM JSON policy elements: Condition" and "Condition operators", "Set operators
for multivalued context keys". Operators and keys are AND-ed by whoever holds the conditions of a
statement; the values of one key are OR-ed here.
"""

import operator as python
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from ecrpolicy.arn import Arn
from ecrpolicy.iam.model import Condition
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.patterns import Match, Piece, matcher, pieces_matcher
from ecrpolicy.iam.values import (
    address_of,
    boolean_of,
    bytes_of,
    date_of,
    network_of,
    number_of,
)
from ecrpolicy.iam.variables import Template, Values, has_variables, template, text_of

Test = Callable[[Values], bool]

# Whether one value of the request meets one of the policy's.
_Meets = Callable[[str, Values], bool]
_Read = Callable[[str], Any]

_ARN_FIELDS: Final = 6
_EMPTY: Final = ("",)


def compiled(condition: Condition, *, knows_variables: bool) -> Test:
    """The function that tells whether a condition holds.

    `knows_variables`: whether the policy's version has variables.
    """
    operator = condition.operator
    key = condition.key.lower()
    if operator.comparison is Comparison.NULL:
        return _null(key, operator.qualifier, condition.values)
    is_negated, if_exists = operator.is_negated, operator.if_exists
    knows_variables = knows_variables and operator.knows_variables
    if (
        operator.comparison is Comparison.STRING_EQUALS
        and operator.qualifier is Qualifier.NONE
        and not (knows_variables and any(map(has_variables, condition.values)))
    ):
        return _one_of(key, condition.values, is_negated=is_negated, if_exists=if_exists)
    meets = _meets(operator.comparison, condition.values, knows_variables=knows_variables)
    match operator.qualifier:
        case Qualifier.FOR_ALL_VALUES:
            return _for_all_values(key, meets, is_negated=is_negated)
        case Qualifier.FOR_ANY_VALUE:
            return _for_any_value(key, meets, is_negated=is_negated, if_exists=if_exists)
        case _:
            return _single(key, meets, is_negated=is_negated, if_exists=if_exists)


def completed(condition: Condition, values: Values, *, knows_variables: bool) -> tuple[str, ...]:
    """The values of a policy with their variables filled in, without those that have no value."""
    if not (knows_variables and condition.operator.knows_variables):
        return condition.values
    filled = (template(wanted).fill(values) for wanted in condition.values)
    return tuple(text_of(pieces) for pieces in filled if pieces is not None)


def _one_of(key: str, wanted: Iterable[str], *, is_negated: bool, if_exists: bool) -> Test:
    """`_single` for the operator that most conditions have, without a call per value."""
    texts = frozenset(wanted)
    when_missing = is_negated or if_exists

    def holds(values: Values) -> bool:
        found = values.get(key)
        if found is None:
            return when_missing
        return len(found) == 1 and (found[0] in texts) is not is_negated

    return holds


def _single(key: str, meets: _Meets, *, is_negated: bool, if_exists: bool) -> Test:
    """Without a qualifier, a key that has several values in the request meets no condition."""
    when_missing = is_negated or if_exists

    def holds(values: Values) -> bool:
        found = values.get(key)
        if found is None:
            return when_missing
        return len(found) == 1 and meets(found[0], values) is not is_negated

    return holds


def _for_all_values(key: str, meets: _Meets, *, is_negated: bool) -> Test:
    """Every value holds; so it does where there is none, or only an empty one."""

    def holds(values: Values) -> bool:
        found = values.get(key)
        if found is None or found == _EMPTY:
            return True
        return all(meets(value, values) is not is_negated for value in found)

    return holds


def _for_any_value(key: str, meets: _Meets, *, is_negated: bool, if_exists: bool) -> Test:
    """Some value holds; so none does where there is none, or only an empty one."""

    def holds(values: Values) -> bool:
        found = values.get(key)
        if found is None:
            return if_exists
        if found == _EMPTY:
            return False
        return any(meets(value, values) is not is_negated for value in found)

    return holds


def _null(key: str, qualifier: Qualifier, wanted: Iterable[str]) -> Test:
    """Whether the key is missing; a qualifier leaves nothing of the question."""
    if qualifier is not Qualifier.NONE:
        answer = qualifier is Qualifier.FOR_ALL_VALUES
        return lambda _: answer
    answers = frozenset(map(boolean_of, wanted))
    return lambda values: (key not in values) in answers


def _meets(comparison: Comparison, wanted: Sequence[str], *, knows_variables: bool) -> _Meets:
    if knows_variables and any(map(has_variables, wanted)):
        return _meets_templates(comparison, [template(text) for text in wanted])
    match comparison:
        case Comparison.STRING_EQUALS:
            texts = frozenset(wanted)
            return lambda found, _: found in texts
        case Comparison.STRING_EQUALS_IGNORE_CASE:
            lowered = frozenset(text.lower() for text in wanted)
            return lambda found, _: found.lower() in lowered
        case Comparison.STRING_LIKE:
            return _meets_any([matcher(text) for text in wanted])
        case Comparison.ARN:
            return _meets_any([_arn_matcher([Piece(text)]) for text in wanted])
        case Comparison.IP_ADDRESS:
            return _meets_network(wanted)
    read, compare = _COMPARED[comparison]
    limits = [limit for limit in map(read, wanted) if limit is not None]

    def meets(found: str, _: Values) -> bool:
        value = read(found)
        return value is not None and any(compare(value, limit) for limit in limits)

    return meets


_COMPARED: Final[dict[Comparison, tuple[_Read, Callable[[Any, Any], bool]]]] = {
    Comparison.NUMERIC_EQUALS: (number_of, python.eq),
    Comparison.NUMERIC_LESS_THAN: (number_of, python.lt),
    Comparison.NUMERIC_LESS_THAN_EQUALS: (number_of, python.le),
    Comparison.NUMERIC_GREATER_THAN: (number_of, python.gt),
    Comparison.NUMERIC_GREATER_THAN_EQUALS: (number_of, python.ge),
    Comparison.DATE_EQUALS: (date_of, python.eq),
    Comparison.DATE_LESS_THAN: (date_of, python.lt),
    Comparison.DATE_LESS_THAN_EQUALS: (date_of, python.le),
    Comparison.DATE_GREATER_THAN: (date_of, python.gt),
    Comparison.DATE_GREATER_THAN_EQUALS: (date_of, python.ge),
    Comparison.BOOL: (boolean_of, python.eq),
    Comparison.BINARY_EQUALS: (bytes_of, python.eq),
}


def _meets_any(matchers: Sequence[Match]) -> _Meets:
    if len(matchers) == 1:
        [matches] = matchers
        return lambda found, _: matches(found)
    return lambda found, _: any(matches(found) for matches in matchers)


def _meets_network(wanted: Iterable[str]) -> _Meets:
    networks = [network for network in map(network_of, wanted) if network is not None]

    def meets(found: str, _: Values) -> bool:
        address = address_of(found)
        return address is not None and any(
            network.version == address.version and network.first <= address.value <= network.last
            for network in networks
        )

    return meets


def _meets_templates(comparison: Comparison, templates: Sequence[Template]) -> _Meets:
    """A value whose variable has none meets nothing."""

    def meets(found: str, values: Values) -> bool:
        filled = (each.fill(values) for each in templates)
        return any(_piecewise(comparison, pieces)(found) for pieces in filled if pieces is not None)

    return meets


def _piecewise(comparison: Comparison, pieces: Sequence[Piece]) -> Match:
    match comparison:
        case Comparison.STRING_LIKE:
            return pieces_matcher(pieces)
        case Comparison.ARN:
            return _arn_matcher(pieces)
    text = "".join(piece.text for piece in pieces)
    if comparison is Comparison.STRING_EQUALS:
        return text.__eq__
    lowered = text.lower()
    return lambda found: found.lower() == lowered


def _arn_matcher(pieces: Sequence[Piece]) -> Match:
    """The six fields of an ARN, each matched apart ("ARN condition operators")."""
    fields = _fields(pieces)
    if len(fields) != _ARN_FIELDS:
        return lambda _: False
    matchers = [pieces_matcher(field) for field in fields]

    def matches(found: str) -> bool:
        arn = Arn.read(found)
        return arn is not None and all(
            match(field) for match, field in zip(matchers, ("arn", *arn), strict=True)
        )

    return matches


def _fields(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces cut at the first five colons, whichever piece they stand in."""
    fields: list[list[Piece]] = [[]]
    for text, is_literal in pieces:
        first, *rest = text.split(":", _ARN_FIELDS - len(fields))
        fields[-1].append(Piece(first, is_literal))
        fields += [[Piece(part, is_literal)] for part in rest]
    return fields
