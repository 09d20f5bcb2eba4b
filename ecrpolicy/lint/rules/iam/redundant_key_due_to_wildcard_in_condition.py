"""A condition that always holds."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.nulls import without
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.stars import Meaning, stars_of
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for star in stars_of(subject):
        if star.meaning is Meaning.ALWAYS:
            key = star.condition.key
            yield Problem(
                star.value.path,
                f"the condition on {shown(key)} always holds",
                "name the values that are meant, or delete it",
                fix=without(star.statement, star.condition) if star.is_exact else (),
            )


RULE = Rule(
    name="redundant-key-due-to-wildcard-in-condition",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="a condition with `*` holds for every request",
    what="""
        Finds `StringLikeIfExists`, and `ForAllValues:StringLike` with and without `IfExists`, with
        a value that is nothing but `*`.
        Keys that are sensitive, or whose values need a beginning, are left to
        `wildcard-usage-too-permissive`; keys with several values without a qualifier to
        `missing-qualifier`.
        """,
    why="""
        Every value meets the pattern, and so does a missing key: the condition asks nothing.
        The fix deletes `ForAllValues:StringLike` with `*`, which changes no decision.
        Whether a condition is missing, only the author knows.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:CreateRepository",
            "Resource": "*",
            "Condition": {"ForAllValues:StringLike": {"aws:TagKeys": "*"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:CreateRepository",
            "Resource": "*",
            "Condition": {"ForAllValues:StringLike": {"aws:TagKeys": ["team", "stage"]}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “String condition "
        "operators”",
        "IAM User Guide, “Set operators for multivalued context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Redundant "
        "key due to wildcard in condition”",
    ),
)
