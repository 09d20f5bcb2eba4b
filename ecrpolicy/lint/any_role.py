"""Statements that allow something with every role of an account.

The rules about `iam:PassRole` ask here, each for one way of writing it: which element means the
action, and which the roles.
"""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.matching import covers, means
from ecrpolicy.lint.policy import Condition, PolicyView, Statement, Value, policy_of
from ecrpolicy.lint.rule import Check, Problem
from ecrpolicy.lint.subject import Subject

_ACTION: Final = "iam:PassRole"
_TO_SERVICE: Final = "iam:passedtoservice"
_FIELDS: Final = 6
_EVERYWHERE: Final = "arn:aws:iam::*:role/*"
_SOMEWHERE: Final = "111122223333"
_ADVICE: Final = "name the roles by their ARNs, or compare `iam:PassedToService` in a condition"


class By(Enum):
    """What means the action: its name, a pattern, or `NotAction`, which does not except it."""

    NAME = auto()
    PATTERN = auto()
    EXCEPTION = auto()


def passes_any_role(by: By, *, with_not_resource: bool) -> Check:
    """The check of the rules about `iam:PassRole`.

    `with_not_resource`: all roles are meant but those that `NotResource` excepts, else those of a
    `Resource` that covers all of an account.
    """

    def check(subject: Subject) -> Iterator[Problem]:
        policy = policy_of(subject)
        for statement in policy.statements:
            if not statement.allows or _means_by(statement, _ACTION) is not by:
                continue
            if _is_limited(statement) or _may_be_denied(policy, _ACTION):
                continue
            if with_not_resource:
                yield from _of_exceptions(statement)
            else:
                yield from _of_resources(statement)

    return check


def covers_roles(resource: str) -> bool:
    """Whether a resource covers all roles of an account, or of all accounts.

    >>> covers_roles("arn:aws:iam::111122223333:role/*"), covers_roles("arn:aws:iam::*:role/ci-*")
    (True, False)
    """
    fields = resource.split(":", _FIELDS - 1)
    account = fields[4] if len(fields) == _FIELDS and not has_wildcard(fields[4]) else _SOMEWHERE
    partition = "aws" if len(fields) < 2 or has_wildcard(fields[1]) else fields[1]
    return covers(resource, f"arn:{partition}:iam::{account}:role/*")


def _of_resources(statement: Statement) -> Iterator[Problem]:
    found = _covering(statement.resource.values if statement.resource else ())
    if found is not None:
        message = f"`{_ACTION}` is allowed for every role that {shown(found.text)} covers"
        yield Problem(found.path, message, _ADVICE)


def _of_exceptions(statement: Statement) -> Iterator[Problem]:
    element = statement.not_resource
    if element is None or not element.is_complete:
        return
    if not any(covers(value.text, _EVERYWHERE) for value in element.values):
        message = f"`{_ACTION}` is allowed for every role that `NotResource` does not except"
        yield Problem(element.path, message, _ADVICE, at_name=True)


def _covering(values: tuple[Value, ...]) -> Value | None:
    return next((value for value in values if covers_roles(value.text)), None)


def _means_by(statement: Statement, action: str) -> By | None:
    """What of a statement means an action; None where nothing does, or that is not known."""
    if statement.action is None:
        is_meant = statement.not_action is not None and statement.means(action)
        return By.EXCEPTION if is_meant else None
    meaning = [text for text in statement.action.texts if means(text, action)]
    if not meaning:
        return None
    return By.PATTERN if any(map(has_wildcard, meaning)) else By.NAME


def _is_limited(statement: Statement) -> bool:
    """Whether the services that take the roles are named, or may turn out to be."""
    return not statement.has_all_conditions or any(map(_names_services, statement.conditions))


def _names_services(condition: Condition) -> bool:
    operator = condition.operator
    if condition.lower_key != _TO_SERVICE:
        return False
    if operator is None or operator.is_negated or not operator.comparison.startswith("String"):
        return operator is None
    is_pattern = operator.comparison is Comparison.STRING_LIKE
    return not (is_pattern and any(value.text == "*" for value in condition.values))


def _may_be_denied(policy: PolicyView, action: str) -> bool:
    """Whether another statement denies the action for all roles, or may turn out to."""
    return not policy.is_complete or any(
        not statement.allows
        and statement.means(action) is not False
        and not statement.conditions
        and _may_cover_all(statement)
        for statement in policy.statements
    )


def _may_cover_all(statement: Statement) -> bool:
    element = statement.resource
    if element is None:
        return statement.not_resource is None
    return not element.is_complete or any(covers(each, _EVERYWHERE) for each in element.texts)
