"""Layers that may be pulled, and manifests that may not."""

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
    if may_allow(policy, _MANIFEST):
        return
    for statement in policy.statements:
        action = statement.action
        if statement.allows and action is not None and statement.means(_LAYERS):
            yield Problem(
                action.path,
                f"`{_LAYERS}` is allowed and `{_MANIFEST}` is not: no image can be pulled",
                f"add `{_MANIFEST}`",
            )


RULE = Rule(
    name="manifests-cannot-be-pulled",
    severity=Severity.WARNING,
    kinds=(Kind.REPOSITORY,),
    check=check,
    summary="a policy lets layers be pulled and manifests not",
    what="""
        Finds repository policies that allow `ecr:GetDownloadUrlForLayer`, and nowhere
        `ecr:BatchGetImage`.
        Statements whose actions are not known yet are given the benefit of the doubt.
        """,
    why="""
        A pull begins with the manifest, which says what layers there are. Whoever may not read it
        gets none of them, though the policy seems to allow that.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": ["ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]
          }
        }
        """,
    references=("Amazon ECR User Guide, “Private repository policy examples”",),
)
