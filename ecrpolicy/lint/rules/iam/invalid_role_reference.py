"""The id of a role among the principals."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import OF_RESOURCES, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_PREFIX: Final = "AROA"


def check(subject: Subject) -> Iterator[Problem]:
    for principal in policy_of(subject).principals:
        if principal.kind == "AWS" and principal.text.startswith(_PREFIX):
            yield Problem(
                principal.path,
                f"{shown(principal.text)} is the id of a role, and nobody has such a principal",
                "write its ARN, or delete the id of one that is gone",
            )


RULE = Rule(
    name="invalid-role-reference",
    severity=Severity.WARNING,
    kinds=(*OF_RESOURCES, Kind.ENDPOINT),
    check=check,
    summary="a principal is the unique id of a role",
    what="""
        Finds principals of the kind `AWS` that begin with `AROA`, as the unique ids of roles do.
        Those of users have a rule of their own.
        """,
    why="""
        IAM keeps the id in place of an ARN, and shows it where there is nobody of that id any more:
        it is what is left of a role that was deleted.
        Roles that are made anew under the same name have another id, and are not meant.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "AROAEXAMPLEEXAMPLE123"},
            "Action": "ecr:BatchGetImage"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:role/build"},
            "Action": "ecr:BatchGetImage"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM identifiers”, “Unique identifiers”",
        "IAM User Guide, “AWS JSON policy elements: Principal”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Invalid "
        "role reference”",
    ),
)
