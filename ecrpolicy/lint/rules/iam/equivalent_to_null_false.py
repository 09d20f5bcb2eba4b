"""A pattern that asks only whether a key is there."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.nulls import asking_whether_there
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.stars import Meaning, stars_of
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for star in stars_of(subject):
        if star.meaning is Meaning.WHERE_THERE:
            name, key = star.condition.operator_name, star.condition.key
            yield Problem(
                star.value.path,
                f"{shown(name)} with `*` asks only whether {shown(key)} is there",
                asking_whether_there(key),
            )


RULE = Rule(
    name="equivalent-to-null-false",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="`StringLike` with `*` asks only whether the key is there",
    what="""
        Finds `StringLike` and `ForAnyValue:StringLike`, without `IfExists`, with a value that is
        nothing but `*`.
        Keys that are sensitive, or whose values need a beginning, are left to
        `wildcard-usage-too-permissive`; keys with several values without a qualifier to
        `missing-qualifier`.
        """,
    why="""
        Every value meets the pattern: all that the condition asks is whether there is one.
        `Null` with the value `false` asks that in so many words.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringLike": {"aws:PrincipalTag/team": "*"}}
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
            "Condition": {"Null": {"aws:PrincipalTag/team": "false"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “String condition "
        "operators”",
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “Condition operator "
        "to check existence of condition keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Equivalent "
        "to null false”",
    ),
)
