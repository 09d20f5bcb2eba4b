"""An ARN without the Region that it must have."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.iam.builders import HERE, REPOSITORY
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "missing-arn-region"


KNOWN = installed()


@table(
    trips(
        "a repository",
        allow(Resource=f"arn:aws:ecr::{HERE}:repository/a"),
        "/Statement/0/Resource+12",
    ),
    trips(
        "all repositories", allow(NotResource=["arn:aws:ecr:::*"]), "/Statement/0/NotResource/0+12"
    ),
    trips(
        "in a registry policy",
        grant(Resource=f"arn:aws:ecr::{HERE}:repository/a"),
        "/Statement/0/Resource+12",
        kind=Kind.REGISTRY,
    ),
    trips(
        "of another service",
        allow(Resource=f"arn:aws:lambda::{HERE}:function:a"),
        "/Statement/0/Resource+15",
        facts=KNOWN,
    ),
    passes(
        "of another service, without the extra",
        allow(Resource=f"arn:aws:lambda::{HERE}:function:a"),
        facts=OWN,
    ),
    passes("there is one", allow(Resource=REPOSITORY)),
    passes("any", allow(Resource="arn:aws:ecr:*:*:repository/a")),
    passes("it ends early", allow(Resource="arn:aws:ecr:*")),
    passes("such resources have none", allow(Resource=f"arn:aws:ecr-public::{HERE}:repository/a")),
    passes("some have none", allow(Resource="arn:aws:s3:::a"), facts=KNOWN),
    passes(
        "there is no such resource, which another rule tells",
        allow(Resource=f"arn:aws:ecr::{HERE}:repo/a"),
    ),
    passes("unknown", allow(Resource=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Resource="arn:aws:ecr:::*")) == (
        "the resource `arn:aws:ecr:::*` names no Region; "
        "write it, or `*`, between the third and the fourth colon"
    )
