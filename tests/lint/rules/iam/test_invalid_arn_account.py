"""An account of an ARN that is none."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.iam.builders import HERE, REPOSITORY
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-arn-account"


KNOWN = installed()


def owned_by(account: str) -> dict[str, Any]:
    return allow(Resource=REPOSITORY.replace(HERE, account))


@table(
    trips("hyphens", owned_by("1111-2222-3333"), "/Statement/0/Resource+22"),
    trips("eleven digits", owned_by("11112222333"), "/Statement/0/Resource+22"),
    trips("a word", owned_by("ACCOUNT"), "/Statement/0/Resource+22"),
    trips(
        "of a service that is not known",
        allow(NotResource=["arn:aws:s3:us-east-1:1:accesspoint/a"]),
        "/Statement/0/NotResource/0+21",
        facts=OWN,
    ),
    trips(
        "in a registry policy",
        grant(Resource=REPOSITORY.replace(HERE, "1")),
        "/Statement/0/Resource+22",
        kind=Kind.REGISTRY,
    ),
    trips(
        "behind any Region",
        allow(Resource="arn:aws:ecr:*:1:repository/a"),
        "/Statement/0/Resource+14",
    ),
    passes("twelve digits", owned_by(HERE)),
    passes("any", owned_by("*")),
    passes("a pattern", owned_by("1111*")),
    passes("none, which another rule tells", owned_by("")),
    passes("AWS", allow(Resource="arn:aws:iam::aws:policy/ReadOnlyAccess")),
    passes("a resource that has none", allow(Resource="arn:aws:s3::1:a"), facts=KNOWN),
    passes(
        "a word of its own",
        allow(Resource="arn:aws:mediaconnect:us-east-1:offering:a"),
        facts=KNOWN,
    ),
    passes("it may be another part", allow(Resource="arn:aws:logs:*:log-group:a"), facts=KNOWN),
    passes("so it may be without the extra", allow(Resource="arn:aws:logs:*:log-group:a")),
    passes("a variable, which another rule tells", owned_by("${aws:PrincipalAccount}")),
    passes("too few parts", allow(Resource="arn:aws:ecr:us-east-1:1")),
    passes("unknown", allow(Resource=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Resource="arn:aws:ecr:*:1:repository/a")) == (
        "`1` in the resource `arn:aws:ecr:*:1:repository/a` is no account; "
        "write its twelve digits, or `*`"
    )
