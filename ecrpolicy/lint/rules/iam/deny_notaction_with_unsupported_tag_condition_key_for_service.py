"""A deny of all actions but some, by tags."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.tags import needs_tags


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        if not statement.denies or statement.not_action is None or statement.action is not None:
            continue
        for condition in filter(needs_tags, statement.conditions):
            yield Problem(
                condition.path,
                f"what has no {shown(condition.key)} is not denied, whatever `NotAction` says",
                "name the actions that are to be denied, with `Action`",
                at_name=True,
            )


RULE = Rule(
    name="deny-notaction-with-unsupported-tag-condition-key-for-service",
    severity=Severity.SECURITY_WARNING,
    kinds=IAM,
    check=check,
    summary="a deny of all actions but some depends on tags, which many requests do not have",
    what="""
        Finds statements that deny all actions but those of a `NotAction`, under a condition on
        `aws:ResourceTag/…`, `aws:RequestTag/…` or `aws:TagKeys` that does not hold where the key is
        missing.
        """,
    why="""
        Many actions, and some whole services, know no tags: they are not refused, though the
        statement reads as if all but a few actions were.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "NotAction": "ecr:Describe*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/stage": "production"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": ["ecr:BatchDeleteImage", "ecr:Delete*"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/stage": "production"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS services that work with IAM”",
        "IAM User Guide, “IAM JSON policy elements: NotAction”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Security Warning – Deny "
        "NotAction with unsupported tag condition key for service”",
    ),
)
