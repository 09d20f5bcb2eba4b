"""A condition that asks nothing."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import OPERATORS
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Path, Remove
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        block = statement.value.get("Condition")
        if not isinstance(block, dict):
            continue
        path = (*statement.path, "Condition")
        empty = [name for name, keys in block.items() if keys == {} and name in OPERATORS]
        if len(empty) == len(block):
            yield _problem(path, "the `Condition` asks nothing")
        else:
            for name in empty:
                yield _problem((*path, name), f"nothing is compared by {shown(name)}")


def _problem(path: Path, message: str) -> Problem:
    advice = "name a key and its values, or delete it"
    return Problem(path, message, advice, at_name=True, fix=(Remove(path),))


RULE = Rule(
    name="empty-object-condition",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="a condition, or an operator in it, has nothing to compare",
    what="Finds a `Condition` that is `{}`, and operators in one whose value is `{}`.",
    why="""
        The statement is the same without it: it has no condition, where somebody wanted one.
        The fix deletes what is empty.
        It changes no decision; whether a condition is missing, only the author knows.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {}
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
            "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Empty object "
        "condition”",
    ),
)
