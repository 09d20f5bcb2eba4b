"""An ARN without the account that it must have."""

import re
from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.patterns import has_wildcard, literal_head, matcher
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.facts import is_own
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

KINDS: Final = tuple(kind for kind in IAM if kind is not Kind.REPOSITORY)

_FIELDS: Final = 6
_PART: Final = re.compile(r"\$\{[^}]*\}?")


def check(subject: Subject) -> Iterator[Problem]:
    for text, path in policy_of(subject).resources:
        fields = text.split(":", _FIELDS - 1)
        if len(fields) != _FIELDS or fields[0] != "arn" or fields[4]:
            continue
        service = subject.facts.service(fields[2])
        types = service.resource_types.values() if service else ()
        accounts = [
            account
            for account, resource in (each.arn.split(":", _FIELDS - 1)[4:] for each in types)
            if _may_be(resource, fields[5])
        ]
        if accounts and all(accounts):
            yield Problem(
                path,
                f"the resource {shown(text)} names no account",
                "write its twelve digits, or `*`, between the fourth and the fifth colon",
                offset=len(":".join(fields[:4])) + 1,
                severity=None if is_own(fields[2]) else Severity.SUGGESTION,
            )


def _may_be(kind: str, resource: str) -> bool:
    """Whether the last part of an ARN may be that of a resource of some kind."""
    pattern = _PART.sub("*", kind)
    written = _PART.sub("*", resource)
    if not has_wildcard(written):
        return matcher(pattern)(written)
    head, other = literal_head(pattern), literal_head(written)
    return head.startswith(other) or other.startswith(head)


RULE = Rule(
    name="missing-arn-account",
    severity=Severity.ERROR,
    kinds=KINDS,
    check=check,
    without_facts="""
        ARNs of Amazon ECR and Amazon ECR Public are checked; of those of other services, nothing is
        said.
        """,
    summary="an ARN names no account, though such resources belong to one",
    what="""
        Finds values of `Resource` and `NotResource` whose account is empty, where all resources of
        the service that can be meant have an account in their ARN.
        Buckets, whose ARNs have none, are no problem; `*` stands for any account.
        For services other than Amazon ECR and Amazon ECR Public it is a suggestion: resources that
        AWS itself owns, such as products of Security Hub, may have no account in their
        ARN, and the Service Authorization Reference does not list them.
        """,
    why="""
        No repository has such an ARN, and of other services, nobody's own resource: an `Allow`
        grants nothing, a `Deny` refuses nothing.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:us-east-1::repository/team/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/team/*"
          }
        }
        """,
    references=(
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing ARN account”",
    ),
)
