"""A pattern that asks only whether a key is missing."""

from collections.abc import Container, Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Edit, Path
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.nulls import as_null, asking_whether_missing
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.stars import Meaning, Star, stars_of
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    mended: set[Path] = set()
    for star in stars_of(subject):
        if star.meaning is Meaning.WHERE_MISSING:
            name, key = star.condition.operator_name, star.condition.key
            fix = _fix(star, mended)
            mended.update([star.statement.path] if fix else [])
            yield Problem(
                star.value.path,
                f"{shown(name)} with `*` holds only where {shown(key)} is missing",
                asking_whether_missing(key),
                fix=fix,
            )


def _fix(star: Star, mended: Container[Path]) -> tuple[Edit, ...]:
    """Asks by `Null`, once in a statement, where that is the same for every request."""
    if not star.is_exact or star.statement.path in mended:
        return ()
    return as_null(star.statement, star.condition, "true")


RULE = Rule(
    name="equivalent-to-null-true",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="`StringNotLike` with `*` holds only where the key is missing",
    what="""
        Finds `StringNotLike`, and what comes to the same with `ForAllValues` or `IfExists`, with a
        value that is nothing but `*`.
        Keys that are sensitive, or whose values need a beginning, are left to
        `wildcard-usage-too-permissive`.
        """,
    why="""
        No value is unlike the pattern: the condition holds only where there is none.
        `Null` with the value `true` asks that in so many words.
        The fix writes it, where nothing else in the `Condition` has to be moved.
        It changes no decision; `ForAllValues`, which holds for an empty text as well, has no fix.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringNotLike": {"aws:PrincipalTag/team": "*"}}
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
            "Condition": {"Null": {"aws:PrincipalTag/team": "true"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “String condition "
        "operators”",
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “Condition operator "
        "to check existence of condition keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Equivalent "
        "to null true”",
    ),
)
