"""A condition that never holds."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.stars import Meaning, stars_of
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for star in stars_of(subject):
        if star.meaning is Meaning.NEVER:
            key = star.condition.key
            yield Problem(
                star.value.path,
                f"the condition on {shown(key)} never holds",
                "name the values that are meant, or delete the statement",
            )


RULE = Rule(
    name="redundant-statement-due-to-wildcard-in-condition",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="a condition with `*` holds for no request",
    what="""
        Finds `ForAnyValue:StringNotLike`, without `IfExists`, with a value that is nothing but `*`.
        Keys that are sensitive, or whose values need a beginning, are left to
        `wildcard-usage-too-permissive`.
        """,
    why="""
        No value is unlike the pattern, and a missing key does not meet the condition either: the
        statement is about no request.
        Deleting it changes no decision, but something was meant.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:CreateRepository",
            "Resource": "*",
            "Condition": {"ForAnyValue:StringNotLike": {"aws:TagKeys": ["team", "*"]}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:CreateRepository",
            "Resource": "*",
            "Condition": {
              "ForAnyValue:StringNotLike": {"aws:TagKeys": ["team", "stage"]}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “String condition "
        "operators”",
        "IAM User Guide, “Set operators for multivalued context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Redundant "
        "statement due to wildcard in condition”",
    ),
)
