"""A resource that another one covers."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.redundancy import covered_resources
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        for element in (statement.resource, statement.not_resource):
            if element is not None:
                yield from covered_resources(element.values)


RULE = Rule(
    name="redundant-resource",
    severity=Severity.SUGGESTION,
    kinds=tuple(kind for kind in IAM if kind is not Kind.REPOSITORY),
    check=check,
    summary="a resource stands beside a pattern that covers it",
    what="""
        Finds values of `Resource`, and of `NotResource`, that another value of the same list
        covers, or that stand there twice.
        A pattern in which a variable stands covers nothing, as far as this rule knows; what stands
        where a variable is may be anything.
        What two statements have in common is left alone.
        """,
    why="""
        The resource says nothing that the pattern does not say already: maybe the pattern covers
        more than was meant.
        Who deletes the resource later, to take a permission away, takes nothing away.
        The fix deletes it now; it changes no decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:PutImage",
            "Resource": [
              "arn:aws:ecr:us-east-1:111122223333:repository/team/web",
              "arn:aws:ecr:us-east-1:111122223333:repository/team/*"
            ]
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:PutImage",
            "Resource": [
              "arn:aws:ecr:us-east-1:111122223333:repository/web",
              "arn:aws:ecr:us-east-1:111122223333:repository/team/*"
            ]
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Resource”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Redundant "
        "resource”",
    ),
)
