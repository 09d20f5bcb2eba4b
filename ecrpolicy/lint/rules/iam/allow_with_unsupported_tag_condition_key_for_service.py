"""An allow by tags, of services that do not know them."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.tags import needs_tags, services_without


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        if not statement.allows or statement.action is None:
            continue
        for condition in filter(needs_tags, statement.conditions):
            services = services_without(statement.action, condition.key, subject.facts)
            if services:
                yield Problem(
                    condition.path,
                    f"no request of {listed(services)} has the condition key "
                    f"{shown(condition.key)}: nothing of it is allowed",
                    "allow its actions in a statement without this condition",
                    at_name=True,
                )


RULE = Rule(
    name="allow-with-unsupported-tag-condition-key-for-service",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    without_facts="Amazon ECR and Amazon ECR Public know all three keys: nothing is found.",
    summary="an allow depends on tags that requests of a service do not have, and grants nothing",
    what="""
        Finds statements that allow actions of a service under a condition on `aws:ResourceTag/…`,
        `aws:RequestTag/…` or `aws:TagKeys`, where no action and no resource of the service has that
        key, as the Service Authorization Reference lists it.
        Conditions that hold where the key is missing are left alone, and so are actions whose
        service has a wildcard.
        Single actions of a service that knows the key are told by
        `unsupported-action-for-condition-key`.
        """,
    why="""
        The condition does not hold where the key is missing: nothing of that service is allowed,
        though the statement names it.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": ["ecr:*", "polly:*"],
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
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/stage": "test"}}
          }
        }
        """,
    references=(
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “AWS services that work with IAM”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Allow with "
        "unsupported tag condition key for service”",
    ),
)
