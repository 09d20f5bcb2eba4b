"""A service of an action that there is not."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam import elements
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.actions import is_known
from ecrpolicy.lint.facts import Facts
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    known: set[str] = set()
    for text, path in policy_of(subject).actions:
        prefix, colon, name = text.partition(":")
        if prefix in known or not colon or has_wildcard(prefix):
            continue
        if subject.facts.is_service(prefix) is not False:
            known.add(prefix)
            continue
        if elements.action(text) is None:
            yield Problem(
                path,
                f"{shown(prefix)} in the action {shown(text)} is no service",
                _advice(prefix, name, subject.facts),
            )


def _advice(prefix: str, name: str, facts: Facts) -> str:
    """What was meant: best a service that has such an action."""
    likely = [f"{each}:{name}" for each in facts.index().closest(prefix)]
    likely.sort(key=lambda each: not is_known(each, facts))
    if likely:
        return f"write {shown(likely[0])}"
    return "look it up in the Service Authorization Reference"


RULE = Rule(
    name="invalid-service-in-action",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    without_facts="Nothing is checked: which services there are is not known.",
    summary="the service of an action is none",
    what="""
        Finds values of `Action` and `NotAction` whose prefix is that of no service.
        Prefixes with a wildcard are told by `wildcard-in-service-name`, and an empty one by
        `invalid-action`.
        """,
    why="""
        Such an action allows nothing and denies nothing.
        The prefix of a service is not always its name: that of Amazon CloudWatch Logs is `logs`,
        that of Elastic Load Balancing `elasticloadbalancing`.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "erc:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Action”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid service "
        "in action”",
    ),
)
