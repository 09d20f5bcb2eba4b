"""A deny by tags, of services that do not know them."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.condition_keys import found_in, keys_of
from ecrpolicy.lint.facts import Facts
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import Element, policy_of
from ecrpolicy.lint.presence import holds_without_key
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_OF_TAGS: Final = ("aws:resourcetag/", "aws:requesttag/")
_KEYS_OF_TAGS: Final = "aws:tagkeys"


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        if not statement.denies or statement.action is None:
            continue
        for condition in statement.conditions:
            key = condition.lower_key
            if key != _KEYS_OF_TAGS and not key.startswith(_OF_TAGS):
                continue
            if holds_without_key(condition) is not False:
                continue
            services = _services_without(statement.action, key, subject.facts)
            if services:
                yield Problem(
                    condition.path,
                    f"no request of {listed(services)} has the condition key "
                    f"{shown(condition.key)}: nothing of it is denied",
                    "deny its actions in a statement without this condition",
                    at_name=True,
                )


def _services_without(element: Element, key: str, facts: Facts) -> list[str]:
    """The services of the actions that do not know a key, in the order of the actions."""
    prefixes = dict.fromkeys(text.partition(":")[0].lower() for text in element.texts)
    found = (facts.service(prefix) for prefix in prefixes if not has_wildcard(prefix))
    return [
        service.prefix
        for service in found
        if service is not None and found_in(keys_of(service.condition_keys), key) is None
    ]


RULE = Rule(
    name="deny-with-unsupported-tag-condition-key-for-service",
    severity=Severity.SECURITY_WARNING,
    kinds=IAM,
    check=check,
    without_facts="""
        Amazon ECR and Amazon ECR Public know all three keys: nothing is found.
        """,
    summary="a deny depends on tags that requests of a service do not have, and never refuses them",
    what="""
        Finds statements that deny actions of a service under a condition on `aws:ResourceTag/…`,
        `aws:RequestTag/…` or `aws:TagKeys`, where no action and no resource of the service has that
        key, as the Service Authorization Reference lists it.
        Conditions that hold where the key is missing are left alone, and so are actions whose
        service has a wildcard.
        """,
    why="""
        The condition does not hold where the key is missing: nothing of that service is refused.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": ["ecr:*", "polly:*"],
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
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/stage": "production"}}
          }
        }
        """,
    references=(
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “AWS services that work with IAM”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Security Warning – Deny "
        "with unsupported tag condition key for service”",
    ),
)
