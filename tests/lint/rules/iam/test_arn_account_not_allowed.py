"""An account in the ARN of a resource that has none."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.iam.builders import HERE, REPOSITORY
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "arn-account-not-allowed"


KNOWN = installed()
BUCKET = f"arn:aws:s3::{HERE}:layers"


@table(
    trips("a bucket", allow(Resource=BUCKET), "/Statement/0/Resource+12", facts=KNOWN),
    trips(
        "objects, in NotResource",
        allow(NotResource=["*", f"{BUCKET}/*"]),
        "/Statement/0/NotResource/1+12",
        facts=KNOWN,
    ),
    trips(
        "in an SCP", allow(Resource=BUCKET), "/Statement/0/Resource+12", kind=Kind.SCP, facts=KNOWN
    ),
    passes("without the extra", allow(Resource=BUCKET), facts=OWN),
    passes("none", allow(Resource="arn:aws:s3:::layers"), facts=KNOWN),
    passes("any", allow(Resource="arn:aws:s3:*:*:layers"), facts=KNOWN),
    passes(
        "another resource of the service",
        allow(Resource=f"arn:aws:s3:us-east-1:{HERE}:accesspoint/a"),
        facts=KNOWN,
    ),
    passes("a repository", allow(Resource=REPOSITORY), facts=KNOWN),
    passes("a service that is not known", allow(Resource=f"arn:aws:x::{HERE}:a"), facts=KNOWN),
    passes("unknown", allow(Resource=UNKNOWN), facts=KNOWN),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Resource=f"arn:aws:s3:us-east-1:{HERE}:a"), facts=KNOWN) == (
        "the resource `arn:aws:s3:us-east-1:111122223333:a` names an account, and such resources "
        "have none; write `arn:aws:s3:::a`"
    )
