"""A value that is no date."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.values import date_of
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
        if operator is None or not operator.comparison.startswith("Date"):
            continue
        if mismatch(condition, subject.facts) is not None:
            continue
        for text, path in condition.values:
            if date_of(text) is None and not has_variables(text):
                yield Problem(
                    path,
                    f"{shown(text)} is no date",
                    "write it as in `2026-01-31` or `2026-01-31T09:00:00Z`",
                )


RULE = Rule(
    name="type-mismatch-date",
    severity=Severity.WARNING,
    kinds=IAM,
    check=check,
    summary="a date is compared with a value that is none",
    what="""
        Finds values of date conditions that are no dates as ISO 8601 has them, and no seconds since
        1970.
        What is a number is told by `invalid-date-value`.
        Variables, which such operators do not know, are told by `invalid-variable-for-operator`,
        and keys of another type by `type-mismatch`.
        """,
    why="""
        Such a value is neither before nor after any date: the condition never holds, and
        `DateNotEquals` always does.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"DateLessThan": {"aws:CurrentTime": "31.12.2026"}}
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
            "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-12-31T00:00:00Z"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “Date condition "
        "operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Type "
        "mismatch date”",
    ),
)
