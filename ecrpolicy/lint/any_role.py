"""Statements that allow something with every role of an account.

The rules about `iam:PassRole` and `iam:CreateServiceLinkedRole` ask here, each for one way of
writing it: which element means the action, and which the roles.
"""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.matching import covers, means
from ecrpolicy.lint.policy import Condition, PolicyView, Statement, policy_of
from ecrpolicy.lint.rule import Check, Problem
from ecrpolicy.lint.subject import Subject

_FIELDS: Final = 6
_SOMEWHERE: Final = "111122223333"


class _Deed(NamedTuple):
    """What is done with roles: the action, the key that tells of which service, all the roles."""

    action: str
    key: str
    roles: str
    every_role: str

    def meaning(self, subject: Subject) -> list[tuple[Statement, "By"]]:
        """The statements that allow it, each with what means it there."""
        return [
            (statement, by)
            for statement in policy_of(subject).statements
            if statement.allows and (by := _means_by(statement, self.action)) is not None
        ]

    @property
    def everywhere(self) -> str:
        """All of the roles, in every account."""
        return f"arn:aws:iam::*:{self.roles}"

    @property
    def advice(self) -> str:
        """What to write instead."""
        return f"name the roles by their ARNs, or compare `{self.key}` in a condition"


_PASSING: Final = _Deed("iam:PassRole", "iam:PassedToService", "role/*", "every role")
_CREATING: Final = _Deed(
    "iam:CreateServiceLinkedRole",
    "iam:AWSServiceName",
    "role/aws-service-role/*",
    "the role of every service",
)


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
    return _check(_PASSING, by, with_not_resource=with_not_resource)


def creates_any_role(by: By, *, with_not_resource: bool) -> Check:
    """The same about `iam:CreateServiceLinkedRole`, and the roles of services."""
    return _check(_CREATING, by, with_not_resource=with_not_resource)


def _check(deed: _Deed, by: By, *, with_not_resource: bool) -> Check:
    def check(subject: Subject) -> Iterator[Problem]:
        policy = policy_of(subject)
        for statement, meant_by in subject.once(deed.meaning):
            if meant_by is not by:
                continue
            if _is_limited(statement, deed.key.lower()) or _may_be_denied(policy, deed):
                continue
            if with_not_resource:
                yield from _of_exceptions(statement, deed)
            else:
                yield from _of_resources(statement, deed)

    return check


def covers_roles(resource: str, roles: str = "role/*") -> bool:
    """Whether a resource covers all roles of an account, or of all accounts.

    >>> covers_roles("arn:aws:iam::111122223333:role/*"), covers_roles("arn:aws:iam::*:role/ci-*")
    (True, False)
    """
    fields = resource.split(":", _FIELDS - 1)
    account = fields[4] if len(fields) == _FIELDS and not has_wildcard(fields[4]) else _SOMEWHERE
    partition = "aws" if len(fields) < 2 or has_wildcard(fields[1]) else fields[1]
    return covers(resource, f"arn:{partition}:iam::{account}:{roles}")


def _of_resources(statement: Statement, deed: _Deed) -> Iterator[Problem]:
    values = statement.resource.values if statement.resource else ()
    found = next((value for value in values if covers_roles(value.text, deed.roles)), None)
    if found is not None:
        message = (
            f"`{deed.action}` is allowed for {deed.every_role} that {shown(found.text)} covers"
        )
        yield Problem(found.path, message, deed.advice)


def _of_exceptions(statement: Statement, deed: _Deed) -> Iterator[Problem]:
    element = statement.not_resource
    if element is None or not element.is_complete:
        return
    if not any(covers(value.text, deed.everywhere) for value in element.values):
        message = (
            f"`{deed.action}` is allowed for {deed.every_role} that `NotResource` does not except"
        )
        yield Problem(element.path, message, deed.advice, at_name=True)


def _means_by(statement: Statement, action: str) -> By | None:
    """What of a statement means an action; None where nothing does, or that is not known."""
    if statement.action is None:
        is_meant = statement.not_action is not None and statement.means(action)
        return By.EXCEPTION if is_meant else None
    if statement.means(action) is False:
        return None
    meaning = [text for text in statement.action.texts if means(text, action)]
    if not meaning:
        return None
    return By.PATTERN if any(map(has_wildcard, meaning)) else By.NAME


def _is_limited(statement: Statement, key: str) -> bool:
    """Whether the services that the roles are for are named, or may turn out to be."""
    return not statement.has_all_conditions or any(
        map(_names_services, statement.conditions_on(key))
    )


def _names_services(condition: Condition) -> bool:
    operator = condition.operator
    if operator is None or operator.is_negated or not operator.comparison.startswith("String"):
        return operator is None
    is_pattern = operator.comparison is Comparison.STRING_LIKE
    return not (is_pattern and any(value.text == "*" for value in condition.values))


def _may_be_denied(policy: PolicyView, deed: _Deed) -> bool:
    """Whether another statement denies the action for all roles, or may turn out to."""
    return not policy.is_complete or any(
        not statement.allows
        and statement.means(deed.action) is not False
        and not statement.conditions
        and _may_cover_all(statement, deed)
        for statement in policy.statements
    )


def _may_cover_all(statement: Statement, deed: _Deed) -> bool:
    element = statement.resource
    if element is None:
        return statement.not_resource is None
    return not element.is_complete or any(covers(each, deed.everywhere) for each in element.texts)
