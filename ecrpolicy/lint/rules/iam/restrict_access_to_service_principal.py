"""A service that may act for anybody."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import OF_RESOURCES
from ecrpolicy.lint.policy import Statement, policy_of
from ecrpolicy.lint.presence import holds_without_key
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.service_callers import is_of_identities
from ecrpolicy.lint.strangers import keeps_out
from ecrpolicy.lint.subject import Subject

_STS: Final = "sts:"
_NOBODYS: Final = "aws:arn"
_OF_SOURCES: Final = frozenset(
    ("aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths")
)


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    for statement in policy.statements:
        if not statement.allows or statement.principal is None or _is_trust(statement):
            continue
        services = [each for each in statement.principal.values if each.kind == "Service"]
        if not services or _grants_nothing(statement):
            continue
        if _has_limit(statement, knows_variables=policy.knows_variables):
            continue
        for service in services:
            yield Problem(
                service.path,
                f"{shown(service.text)} is allowed, for whomever it calls",
                "compare `aws:SourceArn` or `aws:SourceAccount` with your own in a condition",
            )


def _has_limit(statement: Statement, *, knows_variables: bool | None) -> bool:
    """Whether it matters for whom a service calls, or may turn out to."""
    return not statement.has_all_conditions or any(
        condition.operator is None
        or (
            condition.lower_key in _OF_SOURCES
            and keeps_out(condition, knows_variables=knows_variables)
        )
        for condition in statement.conditions
    )


def _grants_nothing(statement: Statement) -> bool:
    """Whether a condition asks for what no request of a service has."""
    return any(
        (condition.lower_key == _NOBODYS or is_of_identities(condition.lower_key))
        and holds_without_key(condition) is False
        for condition in statement.conditions
    )


def _is_trust(statement: Statement) -> bool:
    """Whether it is about sessions of a role, or may turn out to be."""
    element = statement.action
    return element is not None and all(text.lower().startswith(_STS) for text in element.texts)


RULE = Rule(
    name="restrict-access-to-service-principal",
    severity=Severity.SECURITY_WARNING,
    kinds=OF_RESOURCES,
    check=check,
    summary="a service is allowed, for whomever it calls",
    what="""
        Finds principals of the kind `Service` in statements that allow, without a condition that
        limits for whom the service calls: on `aws:SourceArn`, `aws:SourceAccount`,
        `aws:SourceOrgID` or `aws:SourceOrgPaths`, with a value that is not that of any account.
        An operator with `IfExists` or `ForAllValues`, which holds without the key, is no limit.
        Left alone are statements whose conditions no request of a service meets, which other rules
        tell, and those about actions of AWS STS alone, as in the trust policies of roles.
        """,
    why="""
        AWS services call for all of their customers.
        Anybody can have one of them, in an account of their own, read images from the repository,
        or write to it: the service is a confused deputy.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “The confused deputy problem”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Security Warning – "
        "Restrict access to service principal”",
    ),
)
