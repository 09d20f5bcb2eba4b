"""Values of a condition of different JSON types."""

from collections.abc import Iterator
from typing import Any, Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Edit, Replace
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import Condition, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_NAMES: Final = {str: "strings", bool: "booleans", int: "numbers", float: "numbers"}


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        if not isinstance(condition.raw, list):
            continue
        kinds = list(dict.fromkeys(_NAMES[type(each)] for each in condition.raw if _is_value(each)))
        if len(kinds) > 1:
            *others, last = kinds
            yield Problem(
                condition.path,
                f"{', '.join(others)} and {last} stand together as values of "
                f"{shown(condition.key)}",
                "write all of them as strings",
                fix=tuple(_as_strings(condition)),
            )


def _is_value(held: Any) -> bool:
    return type(held) in _NAMES


def _as_strings(condition: Condition) -> Iterator[Edit]:
    for text, path in condition.values:
        if not isinstance(condition.raw[path[-1]], str):
            yield Replace(path, text)


RULE = Rule(
    name="invalid-condition-data-type",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="the values of a condition have different JSON types",
    what="""
        Finds lists of values in which strings, numbers and booleans stand together.
        The fix makes strings of all of them.
        """,
    why="""
        The policy is refused.
        Numbers and booleans are compared as their text, so the fix changes no decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {
              "StringEquals": {"aws:PrincipalAccount": ["111122223333", 444455556666]}
            }
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
              "StringEquals": {"aws:PrincipalAccount": ["111122223333", "444455556666"]}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition”",
        "IAM User Guide, “Grammar of the IAM JSON policy language”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid "
        "condition data type”",
    ),
)
