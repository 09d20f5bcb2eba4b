"""A value that is no boolean."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.values import boolean_of
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.key_types import mismatch
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if operator is None or operator.comparison not in (Comparison.BOOL, Comparison.NULL):
            continue
        if mismatch(condition, subject.facts) is not None:
            continue
        for text, path in condition.values:
            if boolean_of(text) is None and not has_variables(text):
                yield Problem(path, f"{shown(text)} is no boolean", "write `true` or `false`")


RULE = Rule(
    name="type-mismatch-boolean",
    severity=Severity.WARNING,
    kinds=IAM,
    check=check,
    summary="a boolean is compared with a value that is none",
    what="""
        Finds values of `Bool` and `Null` other than `true` and `false`, in whatever case.
        Variables, which such operators do not know, are told by `invalid-variable-for-operator`,
        and keys of another type by `type-mismatch`.
        """,
    why="Such a value equals nothing: the condition never holds.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "yes"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "true"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “Boolean condition "
        "operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Type "
        "mismatch Boolean”",
    ),
)
