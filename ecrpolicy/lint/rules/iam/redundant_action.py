"""An action that another one covers."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.redundancy import covered_actions
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        for element in (statement.action, statement.not_action):
            if element is not None:
                yield from covered_actions(element.values)


RULE = Rule(
    name="redundant-action",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="an action stands beside a pattern that covers it",
    what="""
        Finds values of `Action`, and of `NotAction`, that another value of the same list covers, or
        that stand there twice; case does not count.
        What two statements have in common is left alone.
        """,
    why="""
        The action says nothing that the pattern does not say already.
        Who deletes it later, to take a permission away, takes nothing away.
        The fix deletes it now; it changes no decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": ["ecr:Batch*", "ecr:BatchGetImage", "ecr:PutImage"],
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": ["ecr:Batch*", "ecr:PutImage"],
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Action”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Redundant action”",
    ),
)
