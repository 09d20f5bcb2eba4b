"""A resource that does not begin as an ARN does."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import REPOSITORY
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-arn-prefix"


@table(
    trips("a name", allow(Resource="team/app"), "/Statement/0/Resource"),
    trips("one of two", allow(Resource=[REPOSITORY, "app"]), "/Statement/0/Resource/1"),
    trips("in capitals", allow(Resource=REPOSITORY.replace("arn", "ARN")), "/Statement/0/Resource"),
    trips("in NotResource", allow(NotResource="app*"), "/Statement/0/NotResource"),
    trips("empty", allow(Resource=""), "/Statement/0/Resource"),
    trips(
        "in a registry policy",
        grant(Resource="app"),
        "/Statement/0/Resource",
        kind=Kind.REGISTRY,
    ),
    passes("an ARN", allow(Resource=REPOSITORY)),
    passes("everything", allow()),
    passes("a short one, which another rule tells", allow(Resource="arn:aws")),
    passes("a repository policy has none", grant(Resource="app"), kind=Kind.REPOSITORY),
    passes("unknown", allow(Resource=[UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Resource="app")) == (
        "the resource `app` is no ARN; write an ARN, or `*`"
    )
