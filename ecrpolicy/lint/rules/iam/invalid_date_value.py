"""A date in seconds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.values import number_of
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Edit, Replace
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import Value, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_IN_SECONDS: Final = "aws:epochtime"
_LAST: Final = 253_402_300_799
_YEAR: Final = 4


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if operator is None or not operator.comparison.startswith("Date"):
            continue
        if condition.lower_key == _IN_SECONDS:
            continue
        for value in condition.values:
            if number_of(value.text) is not None:
                yield _problem(value)


def _problem(value: Value) -> Problem:
    told, date = shown(value.text), _date(value.text)
    if len(value.text) == _YEAR:
        message = f"{told} may be a year, or seconds since 1970"
        return Problem(value.path, message, f"write {shown(f'{value.text}-01-01')} for the year")
    message = f"{told} is a date in seconds since 1970"
    if date is None:
        return Problem(value.path, message, "write it as in `2026-01-31T09:00:00Z`")
    fix: tuple[Edit, ...] = (Replace(value.path, date),)
    return Problem(value.path, message, f"write {shown(date)}", fix=fix)


def _date(text: str) -> str | None:
    """The same second, as a date; None where there is none."""
    number = number_of(text)
    if number is None or not 0 <= number <= _LAST or number != int(number):
        return None
    return datetime.fromtimestamp(int(number), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


RULE = Rule(
    name="invalid-date-value",
    severity=Severity.WARNING,
    kinds=IAM,
    check=check,
    summary="a date is written as a number of seconds, or as a bare year",
    what="""
        Finds numbers in the values of date conditions: seconds since 1970, or a year alone.
        `aws:EpochTime`, which is in seconds, is left alone.
        What is no date at all is found by `type-mismatch-date`.
        """,
    why="""
        Nobody can read it, and where seconds are milliseconds, or four digits are a year, the date
        is far from the one that was meant.
        The fix writes the same second as a date, where it is a whole number of more than four
        digits and the year has four; it changes no decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"DateLessThan": {"aws:CurrentTime": "1798761600"}}
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
            "Condition": {"DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “Date condition "
        "operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Invalid "
        "date value”",
    ),
)
