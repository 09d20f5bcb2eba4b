"""A service that knows no RCPs."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.patterns import matcher
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_EVERYTHING: Final = "*"


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        for text, path in statement.action.values if statement.action else ():
            if text == _EVERYTHING and statement.denies:
                yield Problem(
                    path,
                    "`*` names no service that knows resource control policies",
                    "name them, such as `ecr:*`",
                )
            service, colon, _ = text.partition(":")
            if colon and not _knows_any(service) and subject.facts.is_service(service) is not False:
                yield Problem(
                    path,
                    f"no service that knows resource control policies is called {shown(service)}",
                    "delete it, or write a service control policy",
                )


def _knows_any(service: str) -> bool:
    """Whether a service, or one of those that a pattern means, knows RCPs."""
    return any(map(matcher(service.lower()), _services()))


@cache
def _services() -> tuple[str, ...]:
    held = json.loads((files("ecrpolicy.lint") / "data" / "rcp_services.json").read_text("utf-8"))
    return tuple(held["services"])


RULE = Rule(
    name="rcp-syntax-error-action",
    severity=Severity.ERROR,
    kinds=(Kind.RCP,),
    check=check,
    without_facts="""
        The services that know RCPs are part of this package; of those that do not exist, this rule
        speaks as well.
        """,
    summary="a resource control policy is about a service that knows none",
    what="""
        Finds actions of RCPs whose service is none of those that AWS Organizations lists, a service
        with a wildcard that means none of them included.
        `*` alone names none of them, either: only `RCPFullAWSAccess`, which AWS attaches itself and
        which allows, has it. Services that do not exist are told by `invalid-service-in-action`.
        """,
    why="The policy is refused: RCPs are asked by some services only.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "Action": ["ecr:*", "ec2:RunInstances"],
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "Action": ["ecr:*", "s3:PutObject"],
            "Resource": "*"
          }
        }
        """,
    references=(
        "AWS Organizations User Guide, “Resource control policies (RCPs)”, “List of AWS "
        "services that support RCPs”",
        "AWS Organizations User Guide, “RCP syntax”, “Action element”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – RCP syntax error "
        "action”",
    ),
)
