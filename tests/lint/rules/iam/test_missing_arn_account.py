"""An ARN without the account that it must have."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.finding import Severity
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import installed
from tests.lint.tables import Case, allow, message, passes, problems, table, trips

RULE = "missing-arn-account"

NOWHERE = "arn:aws:ecr:us-east-1::repository/a"


def about(*resources: Any) -> dict[str, Any]:
    return allow(Resource=list(resources))


@table(
    trips("a repository", about("*", NOWHERE), "/Statement/0/Resource/1+22"),
    trips("all of them", about("arn:aws:ecr:*::*"), "/Statement/0/Resource/0+14"),
    trips("a public one", about("arn:aws:ecr-public:::repository/a"), "/Statement/0/Resource/0+20"),
    trips(
        "a variable",
        about("arn:aws:ecr:::repository/${aws:username}"),
        "/Statement/0/Resource/0+13",
    ),
    trips("in NotResource", allow(NotResource=NOWHERE), "/Statement/0/NotResource+22"),
    trips(
        "of another service",
        about("arn:aws:iam:::role/a"),
        "/Statement/0/Resource/0+13",
        facts=installed(),
    ),
    trips("in a registry policy", about(NOWHERE), "/Statement/0/Resource/0+22", kind=Kind.REGISTRY),
    passes("of another service, without facts", about("arn:aws:iam:::role/a")),
    passes("an account", about("arn:aws:ecr:us-east-1:111122223333:repository/a")),
    passes("any account", about("arn:aws:ecr:us-east-1:*:repository/a")),
    passes("a bucket", about("arn:aws:s3:::bucket/*"), facts=installed()),
    passes("no such resource", about("arn:aws:ecr:us-east-1::image/a")),
    passes("no such service", about("arn:aws:ecr2:us-east-1::image/a"), facts=installed()),
    passes("a pattern of services", about("arn:aws:e*:us-east-1::repository/a"), facts=installed()),
    passes("too few parts", about("arn:aws:ecr:*")),
    passes("unknown", about(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


@pytest.mark.parametrize(
    "resource",
    [
        "arn:aws:apigateway:us-east-1::/restapis/a",
        "arn:aws:route53:::hostedzone/Z1",
        "arn:aws:ec2:us-east-1::image/ami-1",
        "arn:aws:ec2:us-east-1::snapshot/snap-1",
        "arn:aws:s3:::*",
    ],
)
def test_resources_that_have_none(resource: str) -> None:
    assert problems(RULE, about(resource), facts=installed()) == []


@pytest.mark.parametrize(
    ("resource", "severity"),
    [
        (NOWHERE, None),
        ("arn:aws:ecr-public:::repository/a", None),
        ("arn:aws:cloudformation:us-east-1::type/resource/a", Severity.SUGGESTION),
        ("arn:aws:securityhub:us-east-1::product/aws/securityhub", Severity.SUGGESTION),
    ],
)
def test_of_other_services_some_of_aws_have_none(resource: str, severity: Severity | None) -> None:
    [found] = problems(RULE, about(resource), facts=installed())
    assert found.severity is severity


def test_message() -> None:
    assert message(RULE, about(NOWHERE)) == (
        "the resource `arn:aws:ecr:us-east-1::repository/a` names no account; "
        "write its twelve digits, or `*`, between the fourth and the fifth colon"
    )
