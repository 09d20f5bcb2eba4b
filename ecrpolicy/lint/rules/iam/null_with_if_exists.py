"""`Null` with `IfExists`."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison, Operator
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Path, Rename
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        for path, operator in _operators(statement).items():
            if operator.comparison is Comparison.NULL and operator.if_exists:
                right = operator.text.removesuffix("IfExists")
                is_free = right not in statement.value["Condition"]
                yield Problem(
                    path,
                    f"{shown(operator.text)} asks whether a key is there only if it is there",
                    f"write {shown(right)}",
                    at_name=True,
                    fix=(Rename(path, right),) if is_free else (),
                )


def _operators(statement: Statement) -> dict[Path, Operator]:
    """The operators of a statement that have keys, each with its place."""
    return {
        condition.operator_path: condition.operator
        for condition in statement.conditions
        if condition.operator is not None
    }


RULE = Rule(
    name="null-with-if-exists",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="`Null` has the suffix `IfExists`",
    what="""
        Finds the operator `NullIfExists`, with a qualifier or without.
        The fix leaves the suffix out, where that operator does not stand there already.
        """,
    why="""
        `Null` asks whether a key is there: that it should ask only if the key is there means
        nothing.
        The suffix has no effect, so the fix changes no decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {"NullIfExists": {"aws:SourceVpce": "false"}}
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
            "Condition": {"Null": {"aws:SourceVpce": "false"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Null with if exists”",
    ),
)
