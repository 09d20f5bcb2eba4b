"""A Region in the ARN of a resource that has none."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.iam.builders import HERE, REPOSITORY
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "arn-region-not-allowed"


PUBLIC = f"arn:aws:ecr-public:us-east-1:{HERE}:repository/app"
KNOWN = installed()


@table(
    trips("a public repository", allow(Resource=PUBLIC), "/Statement/0/Resource+19"),
    trips(
        "a misspelled Region",
        allow(Resource=f"arn:aws:ecr-public:us:{HERE}:repository/*"),
        "/Statement/0/Resource+19",
    ),
    trips(
        "a role",
        allow(Resource=["*", f"arn:aws:iam:us-east-1:{HERE}:role/ci"]),
        "/Statement/0/Resource/1+12",
        facts=KNOWN,
    ),
    passes("a role, without the extra", allow(Resource=f"arn:aws:iam:x:{HERE}:role/ci"), facts=OWN),
    passes("none", allow(Resource=f"arn:aws:ecr-public::{HERE}:repository/app")),
    passes("any", allow(Resource=f"arn:aws:ecr-public:*:{HERE}:repository/app")),
    passes("a private repository", allow(Resource=REPOSITORY)),
    passes(
        "a service whose ARNs may have one",
        allow(Resource=f"arn:aws:s3:us-east-1:{HERE}:accesspoint/a"),
        facts=KNOWN,
    ),
    passes(
        "in a registry policy, which another rule tells", grant(Resource=PUBLIC), kind=Kind.REGISTRY
    ),
    passes("unknown", allow(Resource=[UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Resource=PUBLIC)) == (
        f"the resource `{PUBLIC}` names a Region, and such resources have none; write "
        "`arn:aws:ecr-public::111122223333:repository/app`"
    )
