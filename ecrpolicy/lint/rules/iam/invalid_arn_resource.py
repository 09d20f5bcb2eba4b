"""An ARN of something that its service does not have."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.arns import ACCOUNT, SERVICE, arns_of, resources_of
from ecrpolicy.lint.facts import is_own
from ecrpolicy.lint.kind import WITH_RESOURCES, Kind
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_OF_AWS: Final = "aws"
_FIELDS: Final = 6
_FEW: Final = 3


def check(subject: Subject) -> Iterator[Problem]:
    for arn in arns_of(subject):
        if arn.is_nothing and arn.literal(ACCOUNT) != _OF_AWS:
            service = arn.fields[SERVICE].lower()
            yield Problem(
                arn.path,
                f"the resource {shown(arn.text)} is nothing that the service {shown(service)} has",
                _advice(arn.text, resources_of(subject.facts, service)),
                severity=None if is_own(service) else Severity.WARNING,
            )


def _advice(text: str, resources: list[str]) -> str:
    """The resources of the service, where they are few, or those that were perhaps meant."""
    if len(resources) > _FEW:
        resources = get_close_matches(text.split(":", _FIELDS - 1)[-1], resources, n=_FEW)
    if resources:
        return f"end it as in {listed(resources)}"
    return "look it up in the Service Authorization Reference"


RULE = Rule(
    name="invalid-arn-resource",
    severity=Severity.ERROR,
    kinds=tuple(kind for kind in WITH_RESOURCES if kind is not Kind.REGISTRY),
    check=check,
    without_facts="""
        ARNs of Amazon ECR and Amazon ECR Public are checked; of those of other services, nothing
        is said.
        """,
    summary="an ARN is of something that its service does not have",
    what="""
        Finds values of `Resource` and `NotResource` whose last part fits no resource of the
        service: another type than it has, or a type without a name.
        What stands behind a wildcard is not compared, and what the Service Authorization Reference
        does not list is not known: for services other than Amazon ECR and Amazon ECR Public it is a
        warning, since there are some ARNs that the reference leaves out.
        Services without resources are let be, and so is what belongs to AWS itself (`aws` in place
        of the account).
        In registry policies, `unsupported-resource-arn-in-policy` finds it.
        """,
    why="""
        No resource that is known has such an ARN: an `Allow` grants nothing, a `Deny` refuses
        nothing.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:team/app"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/team/app"
          }
        }
        """,
    references=(
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid ARN resource”",
    ),
)
