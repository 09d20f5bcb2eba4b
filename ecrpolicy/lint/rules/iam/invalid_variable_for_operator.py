"""A variable where none is filled in."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison, Operator
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("invalid-variable-for-operator")


def check(subject: Subject) -> Iterator[Problem]:
    yield from _refused(subject)
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if operator is None or operator.knows_variables or _is_told(operator):
            continue
        for text, path in condition.values:
            if has_variables(text):
                yield Problem(
                    path,
                    f"a variable stands in {shown(text)}, and {shown(operator.text)} knows none",
                    "write out what is meant",
                    offset=text.index("${"),
                )


def _is_told(operator: Operator) -> bool:
    """Whether the parser tells it."""
    return operator.comparison is Comparison.IP_ADDRESS


RULE = Rule(
    name="invalid-variable-for-operator",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a variable stands under an operator that knows none",
    what="""
        Finds `${…}` in the values of conditions other than String and Arn conditions, under any
        version.
        Such a value is told by no other rule.
        """,
    why="""
        A variable is plain text there: the value is no number, date, boolean or address, and
        equals nothing.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"DateLessThan": {"aws:CurrentTime": "${aws:TokenIssueTime}"}}
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
            "Condition": {
              "StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM policy elements: Variables and tags”, “Where you can use "
        "policy variables”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid variable "
        "for operator”",
    ),
)
