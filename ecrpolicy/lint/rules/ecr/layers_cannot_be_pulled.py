"""Manifests that may be pulled, and layers that may not."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.grants import may_allow
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_MANIFEST: Final = "ecr:BatchGetImage"
_LAYERS: Final = "ecr:GetDownloadUrlForLayer"


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    if may_allow(policy, _LAYERS):
        return
    for statement in policy.statements:
        action = statement.action
        if statement.allows and action is not None and statement.means(_MANIFEST):
            yield Problem(
                action.path,
                f"`{_MANIFEST}` is allowed and `{_LAYERS}` is not: no image can be pulled",
                f"add `{_LAYERS}`",
            )


RULE = Rule(
    name="layers-cannot-be-pulled",
    severity=Severity.WARNING,
    kinds=(Kind.REPOSITORY,),
    check=check,
    summary="a policy lets manifests be pulled and layers not",
    what="""
        Finds repository policies that allow `ecr:BatchGetImage`, and nowhere
        `ecr:GetDownloadUrlForLayer`.
        Statements whose actions are not known yet are given the benefit of the doubt.
        """,
    why="""
        A pull fetches the manifest with the first action and each layer with the second.
        Without it, `docker pull` fails with “denied” after the manifest has been found, which
        looks as though the repository policy worked.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": "ecr:BatchGetImage"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          }
        }
        """,
    references=("Amazon ECR User Guide, “Private repository policy examples”",),
)
