"""Patterns that are nothing but `*`: what conditions with them come to.

IAM User Guide, "IAM JSON policy elements: Condition operators", "String condition operators"; "Set
operators for multivalued context keys".
"""

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from ecrpolicy.iam.operators import Comparison, Operator, Qualifier
from ecrpolicy.lint.openings import is_sensitive, narrows, needs_head
from ecrpolicy.lint.policy import Condition, Statement, Value, policy_of
from ecrpolicy.lint.subject import Subject


class Meaning(Enum):
    """When a condition holds."""

    ALWAYS = auto()
    NEVER = auto()
    WHERE_MISSING = auto()
    WHERE_THERE = auto()


class Star(NamedTuple):
    """A condition with such a pattern.

    `is_exact`: what it means is so for each and every request, those among them whose key is an
    empty text, or has several values that no qualifier is about.
    """

    statement: Statement
    condition: Condition
    value: Value
    meaning: Meaning
    is_exact: bool


def stars_of(subject: Subject) -> tuple[Star, ...]:
    """The stars of a policy, but for those that leave open what must not be left open.

    >>> from ecrpolicy.lint.kind import Kind
    >>> block = {"StringNotLike": {"aws:PrincipalTag/team": "*"}}
    >>> [star] = stars_of(Subject(Kind.SCP, {"Statement": {"Effect": "Deny", "Condition": block}}))
    >>> star.meaning.name, star.is_exact
    ('WHERE_MISSING', True)
    """
    return subject.once(_read)


def _read(subject: Subject) -> tuple[Star, ...]:
    return tuple(_found(subject))


def _found(subject: Subject) -> Iterator[Star]:
    for statement in policy_of(subject).statements:
        for condition in statement.conditions:
            operator = condition.operator
            if operator is None or operator.comparison is not Comparison.STRING_LIKE:
                continue
            value = next((each for each in condition.values if _is_star(each.text)), None)
            if value is None or _is_too_open(statement, operator, condition):
                continue
            if operator.qualifier is Qualifier.NONE and not operator.is_negated:
                key = subject.facts.condition_key(condition.key)
                if key is not None and key.is_multivalued:
                    continue
            meant = _meaning(operator)
            if meant is not None:
                yield Star(statement, condition, value, *meant)


def _is_star(text: str) -> bool:
    return text != "" and not text.strip("*")


def _is_too_open(statement: Statement, operator: Operator, condition: Condition) -> bool:
    """Whether the rule on wildcards tells it."""
    return narrows(statement, operator) and (
        is_sensitive(condition.key) or needs_head(condition.lower_key)
    )


def _meaning(operator: Operator) -> tuple[Meaning, bool] | None:
    """What `*` means with an operator, and whether that is exact; None where it is none of these.

    With `ForAnyValue` and `IfExists`, the condition holds for all but a key that is empty.
    """
    match operator.qualifier, operator.is_negated, operator.if_exists:
        case Qualifier.NONE, False, False:
            return Meaning.WHERE_THERE, False
        case Qualifier.NONE, False, True:
            return Meaning.ALWAYS, False
        case Qualifier.NONE, True, _:
            return Meaning.WHERE_MISSING, True
        case Qualifier.FOR_ALL_VALUES, is_negated, _:
            return (Meaning.WHERE_MISSING, False) if is_negated else (Meaning.ALWAYS, True)
        case Qualifier.FOR_ANY_VALUE, False, False:
            return Meaning.WHERE_THERE, False
        case Qualifier.FOR_ANY_VALUE, True, if_exists:
            return (Meaning.WHERE_MISSING if if_exists else Meaning.NEVER), True
    return None
