"""All actions, in a registry policy that knows three."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.binding import REGISTRY_V1_ACTIONS
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    if subject.scope != "V1":
        return
    for text, path in policy_of(subject).actions:
        if text.lower() == "ecr:*":
            yield Problem(
                path,
                f"{shown(text)} means {listed(REGISTRY_V1_ACTIONS, 'and')} alone, in scope V1",
                "name those of them that are meant, or go over to scope V2",
            )


RULE = Rule(
    name="all-actions-in-scope-v1",
    severity=Severity.WARNING,
    kinds=(Kind.REGISTRY,),
    check=check,
    summary="a registry policy of scope V1 says all actions, and means three",
    what="""
        Finds `ecr:*` in registry policies of scope V1, where it means `ecr:ReplicateImage`,
        `ecr:BatchImportUpstreamImage` and `ecr:CreateRepository`.
        Any other action is refused there, which another rule tells. Where the scope is not known,
        nothing is said.
        """,
    why="""
        The service lets it through, and a deny of it stops less than it says: pushes, pulls and
        deletions go on. When the registry goes over to scope V2, the same text means all that
        can be done in it.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": "ecr:*",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": ["ecr:ReplicateImage", "ecr:CreateRepository"],
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/*"
          }
        }
        """,
    references=("Amazon ECR User Guide, “Private registry permissions”",),
)
