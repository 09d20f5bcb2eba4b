"""A policy without `Version`."""

from collections.abc import Iterator
from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.finding import Severity
from ecrpolicy.iam.variables import VERSION, has_variables
from ecrpolicy.lint.edit import Add
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    value = subject.value
    if isinstance(value, dict) and "Version" not in value:
        fix = () if _may_vary(value) else (Add(("Version",), VERSION),)
        message = "the policy has no `Version`, and is read as one of the version `2008-10-17`"
        yield Problem((), message, f'write `"Version": "{VERSION}"`', fix=fix)


def _may_vary(value: Any) -> bool:
    """Whether a variable stands in a value, or may turn out to."""
    if isinstance(value, dict):
        return any(map(_may_vary, value.values()))
    if isinstance(value, list):
        return any(map(_may_vary, value))
    return value is UNKNOWN or (isinstance(value, str) and has_variables(value))


RULE = Rule(
    name="missing-version",
    severity=Severity.WARNING,
    kinds=IAM,
    check=check,
    summary="a policy does not say of which version of the language it is",
    what="""
        Finds policies that have no `Version`.
        Variables that are plain text for want of it are told by `variable-unsupported-in-version`
        as well.
        """,
    why="""
        Without it, a policy is one of the older version, `2008-10-17`, which knows no variables:
        `${aws:username}` stands for itself.
        The fix writes `2012-10-17`, where there is no `${…}` that would become a variable, and
        nothing is unknown; it changes no decision.
        """,
    trips="""
        {
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Version”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Missing "
        "version”",
    ),
)
