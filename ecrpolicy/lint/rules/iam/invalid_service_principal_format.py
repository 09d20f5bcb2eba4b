"""A service that is not written as one."""

import re
from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("invalid-service-principal-format")
_SERVICE: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_KEYS: Final = frozenset(
    (
        "aws:calledvia",
        "aws:calledviafirst",
        "aws:calledvialast",
        "aws:principalservicename",
        "aws:principalservicenameslist",
        "iam:awsservicename",
        "iam:passedtoservice",
    )
)


def check(subject: Subject) -> Iterator[Problem]:
    yield from _refused(subject)
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if condition.lower_key not in _KEYS or operator is None:
            continue
        if not operator.comparison.startswith("String"):
            continue
        for text, path in condition.values:
            if not (_SERVICE.fullmatch(text) or has_wildcard(text) or has_variables(text)):
                yield Problem(
                    path,
                    f"{shown(text)} is no service",
                    "write it as in `codebuild.amazonaws.com`",
                )


RULE = Rule(
    name="invalid-service-principal-format",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    example=Kind.REPOSITORY,
    summary="a service is not written as in `codebuild.amazonaws.com`",
    what="""
        Finds names of services without a domain, such as `codebuild`: under `Service` in
        principals, and in conditions whose key has such names, such as `aws:CalledVia`,
        `aws:PrincipalServiceName` and `iam:PassedToService`.
        Values with wildcards or variables are left alone.
        """,
    why="""
        As a principal it is refused.
        In a condition it is equal to no name that a request has: the condition never holds, or
        always does.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild"},
            "Action": "ecr:DescribeImages",
            "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": "ecr:DescribeImages",
            "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS JSON policy elements: Principal”, “AWS service principals”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid service "
        "principal format”",
    ),
)
