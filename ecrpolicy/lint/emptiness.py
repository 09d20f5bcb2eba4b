"""Conditions without values, and when they hold all the same.

Amazon's documents do not agree on it: here, a condition without values meets nothing.
"""

from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

from ecrpolicy.iam.operators import Comparison, Operator, Qualifier
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Edit
from ecrpolicy.lint.nulls import as_null, asking_whether_missing, asking_whether_there
from ecrpolicy.lint.policy import Condition, Statement, policy_of
from ecrpolicy.lint.rule import Check, Problem
from ecrpolicy.lint.subject import Subject


class Form(Enum):
    """How an operator is written: its qualifier, else its suffix."""

    PLAIN = auto()
    IF_EXISTS = auto()
    FOR_ALL_VALUES = auto()
    FOR_ANY_VALUE = auto()


class _Outcome(NamedTuple):
    """When a condition holds, and what to write instead."""

    told: str
    advice: Callable[[str], str]


def _values(_: str) -> str:
    return "name the values, or delete the statement"


def _nothing(_: str) -> str:
    return "name the values, or delete the condition"


_NEVER: Final = _Outcome("it never holds", _values)
_ALWAYS: Final = _Outcome("it always holds", _nothing)
_MISSING: Final = _Outcome("it holds only where the key is missing", asking_whether_missing)
_NEARLY_MISSING: Final = _Outcome(
    "it holds only where the key is missing or empty", asking_whether_missing
)
_THERE: Final = _Outcome("it holds whatever values the key has", asking_whether_there)


def without_values(form: Form) -> Check:
    """The check of the rules about conditions whose list of values is empty."""

    def check(subject: Subject) -> Iterator[Problem]:
        for statement in policy_of(subject).statements:
            is_mended = False
            for condition in statement.conditions:
                operator = condition.operator
                if operator is None or condition.raw != [] or _form(operator) is not form:
                    continue
                outcome = _outcome(operator)
                fix = () if is_mended else _fix(statement, condition, outcome)
                is_mended = is_mended or bool(fix)
                yield Problem(
                    condition.path,
                    f"the condition on {shown(condition.key)} has no values: {outcome.told}",
                    outcome.advice(condition.key),
                    fix=fix,
                )

    return check


def _form(operator: Operator) -> Form | None:
    """The form of an operator; None for `Null` with what has other rules."""
    if operator.comparison is Comparison.NULL:
        is_plain = operator.qualifier is Qualifier.NONE and not operator.if_exists
        return Form.PLAIN if is_plain else None
    match operator.qualifier:
        case Qualifier.FOR_ALL_VALUES:
            return Form.FOR_ALL_VALUES
        case Qualifier.FOR_ANY_VALUE:
            return Form.FOR_ANY_VALUE
    return Form.IF_EXISTS if operator.if_exists else Form.PLAIN


def _outcome(operator: Operator) -> _Outcome:
    is_any = operator.qualifier is Qualifier.FOR_ANY_VALUE
    if operator.is_negated:
        return _THERE if is_any and not operator.if_exists else _ALWAYS
    if operator.qualifier is Qualifier.FOR_ALL_VALUES:
        return _NEARLY_MISSING
    return _MISSING if operator.if_exists else _NEVER


def _fix(statement: Statement, condition: Condition, outcome: _Outcome) -> tuple[Edit, ...]:
    return as_null(statement, condition, "true") if outcome is _MISSING else ()
