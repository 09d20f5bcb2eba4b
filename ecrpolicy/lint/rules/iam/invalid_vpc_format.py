"""The id of a VPC that is none."""

import re
from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_ID: Final = re.compile(r"vpc-(?:[A-Za-z0-9]{8}|[A-Za-z0-9]{17})", re.ASCII)
_KEYS: Final = frozenset(("aws:sourcevpc", "aws:ec2instancesourcevpc"))


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if condition.lower_key not in _KEYS or operator is None:
            continue
        if not operator.comparison.startswith("String"):
            continue
        for text, path in condition.values:
            if not (_ID.fullmatch(text) or has_wildcard(text) or has_variables(text)):
                yield Problem(
                    path,
                    f"{shown(text)} is no id of a VPC",
                    "write `vpc-` and the 8 or 17 characters behind it",
                )


RULE = Rule(
    name="invalid-vpc-format",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a condition compares the id of a VPC with what is none",
    what="""
        Finds values of `aws:SourceVpc` and `aws:Ec2InstanceSourceVpc` that are not `vpc-` and 8 or
        17 letters and digits.
        Values with wildcards or variables are left alone.
        """,
    why="No request has such an id: the condition never holds, or always does.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-1a2b3c"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “aws:SourceVpc”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid VPC format”",
    ),
)
