"""A push that is allowed in part."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operations import PUSH, About
from ecrpolicy.iam.wording import listed
from ecrpolicy.lint.grants import allowing, may_allow
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_ALL: Final = tuple(step.action for step in PUSH.steps if step.about is About.REPOSITORY)

# Whoever may do one of these is meant to push: for nothing else are they of use.
_UPLOAD: Final = ("ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload")
_PUT: Final = "ecr:PutImage"
_READ: Final = "ecr:BatchGetImage"


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    missing = [action for action in _ALL if not may_allow(policy, action)]
    if not missing:
        return
    statement = allowing(policy, *_UPLOAD)
    if statement is None and not may_allow(policy, _READ):
        statement = allowing(policy, _PUT)
    if statement is not None and statement.action is not None:
        yield Problem(
            statement.action.path,
            f"a push is allowed in part: {listed(missing, 'and')} "
            f"{'is' if len(missing) == 1 else 'are'} missing",
            f"add {listed(missing, 'and')}",
        )


RULE = Rule(
    name="incomplete-push",
    severity=Severity.WARNING,
    kinds=(Kind.REPOSITORY, Kind.IDENTITY),
    check=check,
    summary="a policy allows some of what a push needs, and nowhere the rest",
    what="""
        Finds policies that allow uploading layers, or `ecr:PutImage`, and nowhere all of the five
        actions of a push: `ecr:BatchCheckLayerAvailability`, `ecr:InitiateLayerUpload`,
        `ecr:UploadLayerPart`, `ecr:CompleteLayerUpload` and `ecr:PutImage`.

        `ecr:PutImage` with `ecr:BatchGetImage` and without uploads is let be: it is enough to give
        an image another tag. Statements whose actions are not known yet are given the benefit of
        the doubt. What other policies allow is not looked at.
        """,
    why="""
        `docker push` asks for these actions one after the other, and fails at the first that is
        missing: often after it has uploaded all layers.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": [
              "ecr:BatchCheckLayerAvailability",
              "ecr:InitiateLayerUpload",
              "ecr:UploadLayerPart",
              "ecr:PutImage"
            ]
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": [
              "ecr:BatchCheckLayerAvailability",
              "ecr:InitiateLayerUpload",
              "ecr:UploadLayerPart",
              "ecr:CompleteLayerUpload",
              "ecr:PutImage"
            ]
          }
        }
        """,
    references=(
        "Amazon ECR User Guide, “Required IAM permissions for pushing an image”",
        "Amazon ECR User Guide, “Retagging an image”",
    ),
)
