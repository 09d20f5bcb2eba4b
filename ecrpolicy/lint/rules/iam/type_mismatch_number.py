"""A value that is no number."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.values import number_of
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
        if operator is None or not operator.comparison.startswith("Numeric"):
            continue
        if mismatch(condition, subject.facts) is not None:
            continue
        for text, path in condition.values:
            if number_of(text) is None and not has_variables(text):
                yield Problem(path, f"{shown(text)} is no number", "write digits, as in `3600`")


RULE = Rule(
    name="type-mismatch-number",
    severity=Severity.WARNING,
    kinds=IAM,
    check=check,
    summary="a number is compared with a value that is none",
    what="""
        Finds values of numeric conditions that are no numbers: `10abc`, `1,000`, `true`.
        Variables, which such operators do not know, are told by `invalid-variable-for-operator`,
        and keys of another type by `type-mismatch`.
        """,
    why="""
        Such a value is neither less nor greater than any number: the condition never holds, and
        `NumericNotEquals` always does.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "1h"}}
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
            "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “Numeric condition "
        "operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Type "
        "mismatch number”",
    ),
)
