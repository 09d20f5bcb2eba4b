"""A resource of a registry policy that is no repository."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.patterns import has_wildcard, literal_head, matcher
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_FIELDS: Final = 6
_SERVICE: Final = "ecr"
_TYPE: Final = "repository/"


def check(subject: Subject) -> Iterator[Problem]:
    for text, path in policy_of(subject).resources:
        if _is_other(text):
            yield Problem(
                path,
                f"the resource {shown(text)} is no repository of Amazon ECR",
                "write `arn:aws:ecr:REGION:ACCOUNT:repository/NAME`, with `*` where need be",
            )


def _is_other(text: str) -> bool:
    """Whether an ARN covers no repository; what is no ARN, the parser tells."""
    fields = text.split(":", _FIELDS - 1)
    if fields[0] != "arn" or len(fields) < _FIELDS:
        return False
    service, resource = fields[2], fields[5]
    if not (_runs_on(service) or matcher(service)(_SERVICE)):
        return True
    head = literal_head(resource.partition("${")[0])
    return not (head.startswith(_TYPE) or (_TYPE.startswith(head) and head != resource))


def _runs_on(field: str) -> bool:
    """Whether a field ends with a `*`, which runs on across colons, behind a fitting head."""
    return field.endswith("*") and has_wildcard(field) and _SERVICE.startswith(literal_head(field))


RULE = Rule(
    name="unsupported-resource-arn-in-policy",
    severity=Severity.ERROR,
    kinds=(Kind.REGISTRY,),
    check=check,
    summary="a registry policy is about what is no repository of Amazon ECR",
    what="""
        Finds values of `Resource` and `NotResource` in registry policies that cover no repository
        of Amazon ECR, whatever its name: ARNs of other services, of other resources, and of
        repositories with a misspelled type.
        A `Resource` in a repository policy, which has none at all, is told by
        `unsupported-resource`.
        """,
    why="""
        Repositories are all that a registry policy can be about.
        A statement about anything else allows nothing and denies nothing.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "444455556666"},
            "Action": "ecr:ReplicateImage",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repo/team/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "444455556666"},
            "Action": "ecr:ReplicateImage",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/team/*"
          }
        }
        """,
    references=(
        "Amazon ECR User Guide, “Private registry permissions in Amazon ECR”",
        "Service Authorization Reference, “Actions, resources, and condition keys for Amazon "
        "Elastic Container Registry”, “Resource types defined by Amazon Elastic Container "
        "Registry”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported "
        "resource ARN in policy”",
    ),
)
