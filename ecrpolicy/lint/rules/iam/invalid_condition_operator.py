"""A condition operator that is none."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import OPERATORS
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.spelling import renamed
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("invalid-condition-operator")


def check(subject: Subject) -> Iterator[Problem]:
    for problem in _refused(subject):
        yield renamed(problem, subject.value, OPERATORS)


RULE = Rule(
    name="invalid-condition-operator",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="no condition operator is called so",
    what="""
        Finds names of operators that there are not, in any of their parts: the operator,
        `ForAllValues:` or `ForAnyValue:` before it, `IfExists` behind it.
        Case counts. The fix mends names that are wrong in nothing else.
        """,
    why="The policy is refused.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"StringEqual": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid "
        "condition operator”",
    ),
)
