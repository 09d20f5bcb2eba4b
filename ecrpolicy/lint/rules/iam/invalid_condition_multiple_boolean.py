"""Several values where a boolean is compared."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Replace
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_OF_ONE: Final = (Comparison.BOOL, Comparison.NULL)


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if operator is None or operator.comparison not in _OF_ONE or len(condition.values) < 2:
            continue
        texts = [value.text for value in condition.values]
        is_one = condition.is_complete and len({text.lower() for text in texts}) == 1
        yield Problem(
            condition.path,
            f"{shown(condition.key)} is compared with {len(texts)} values, and "
            f"{shown(operator.text)} takes one",
            "write `true` or `false`",
            fix=(Replace(condition.path, texts[0]),) if is_one else (),
        )


RULE = Rule(
    name="invalid-condition-multiple-boolean",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a boolean is compared with several values",
    what="""
        Finds lists of more than one value under `Bool` and `Null`, with any qualifier or suffix.
        The fix keeps one where all are the same.
        """,
    why="""
        The policy is refused.
        One of the values suffices: with `true` and `false`, the condition asks for nothing but
        that the key is there, which `Null` says better.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": ["true", "false"]}}
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
            "Condition": {"Bool": {"aws:SecureTransport": "true"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid "
        "condition multiple Boolean”",
    ),
)
