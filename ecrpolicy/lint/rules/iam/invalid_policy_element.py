"""An element that no policy has."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.grammar import POLICY_ELEMENTS, STATEMENT_ELEMENTS
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.spelling import renamed
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("invalid-policy-element")


def check(subject: Subject) -> Iterator[Problem]:
    for problem in _refused(subject):
        known = POLICY_ELEMENTS if len(problem.path) == 1 else STATEMENT_ELEMENTS
        yield renamed(problem, subject.value, known)


RULE = Rule(
    name="invalid-policy-element",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="no element of policies is called so",
    what="""
        Finds members of a policy, or of a statement, that are no elements of the policy language.
        Case counts. The fix mends names that are wrong in nothing else.
        """,
    why="""
        The policy is refused.
        There is no element for comments: `Sid` is the place for a name, and in policies of
        resources it takes spaces.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Actions": "ecr:GetAuthorizationToken",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “Grammar of the IAM JSON policy language”",
        "IAM User Guide, “IAM JSON policy element reference”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid policy "
        "element”",
    ),
)
