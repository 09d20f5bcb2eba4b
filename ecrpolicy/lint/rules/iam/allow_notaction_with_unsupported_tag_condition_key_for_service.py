"""An allow of all actions but some, by tags."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.tags import OF_RESOURCES, needs_tags


def check(subject: Subject) -> Iterator[Problem]:
    is_of_one = subject.kind is Kind.REPOSITORY
    for statement in policy_of(subject).statements:
        if not statement.allows or statement.not_action is None or statement.action is not None:
            continue
        for condition in filter(needs_tags, statement.conditions):
            if is_of_one and condition.lower_key.startswith(OF_RESOURCES):
                continue
            yield Problem(
                condition.path,
                f"what has no {shown(condition.key)} is not allowed, whatever `NotAction` says",
                "name the actions that are to be allowed, with `Action`",
                at_name=True,
            )


RULE = Rule(
    name="allow-notaction-with-unsupported-tag-condition-key-for-service",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="an allow of all actions but some depends on tags, which many requests do not have",
    what="""
        Finds statements that allow all actions but those of a `NotAction`, under a condition on
        `aws:ResourceTag/…`, `aws:RequestTag/…` or `aws:TagKeys` that does not hold where the key is
        missing.
        `aws:ResourceTag/…` in a repository policy is left alone: every request that the policy is
        about has the tags of its repository.
        """,
    why="""
        Many actions, and some whole services, know no tags: they are not allowed, though the
        statement reads as if all but a few actions were.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "NotAction": "iam:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/stage": "test"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": ["ecr:BatchGetImage", "ecr:PutImage"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/stage": "test"}}
          }
        }
        """,
    references=(
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “IAM JSON policy elements: NotAction”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Allow "
        "NotAction with unsupported tag condition key for service”",
    ),
)
