"""An ARN that is too short."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "missing-arn-field"


@table(
    trips("two parts", allow(Resource="arn:aws"), "/Statement/0/Resource"),
    trips("five parts", allow(Resource=["*", "arn:aws:s3::a"]), "/Statement/0/Resource/1"),
    trips("in NotResource", allow(NotResource="arn:aws:ecr"), "/Statement/0/NotResource"),
    passes("six parts", allow(Resource="arn:aws:s3:::a")),
    passes("it ends early with a wildcard", allow(Resource="arn:aws:ecr:*")),
    passes("a wildcard for several parts", allow(Resource="arn:aws:ecr:*:repository/a")),
    passes("no ARN", allow(Resource="app")),
    passes("a repository policy has none", grant(Resource="arn:aws"), kind=Kind.REPOSITORY),
    passes("unknown", allow(Resource=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Resource="arn:aws:s3::a")) == (
        "the resource `arn:aws:s3::a` has 5 of the six parts of an ARN; "
        "write `arn:partition:service:region:account:resource`"
    )
