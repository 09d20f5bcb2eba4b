"""A service of an ARN that is not in lower case."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.iam.builders import REPOSITORY
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-arn-service-case"


KNOWN = installed()


@table(
    trips(
        "in capitals", allow(Resource=REPOSITORY.replace("ecr", "ECR")), "/Statement/0/Resource+8"
    ),
    trips("it ends early", allow(NotResource=["arn:aws:Ecr:*"]), "/Statement/0/NotResource/0+8"),
    trips(
        "of another service",
        allow(Resource="arn:aws:S3:::a"),
        "/Statement/0/Resource+8",
        facts=KNOWN,
    ),
    trips(
        "whether there is one or not, without the extra",
        allow(Resource="arn:aws:Sss:::a"),
        "/Statement/0/Resource+8",
        facts=OWN,
    ),
    passes(
        "there is none, which another rule tells", allow(Resource="arn:aws:Sss:::a"), facts=KNOWN
    ),
    passes("in lower case", allow(Resource=REPOSITORY)),
    passes("a pattern", allow(Resource="arn:aws:E*:a:b:c")),
    passes("an action", allow(Action="ECR:PutImage")),
    passes("the name of a repository", allow(Resource=REPOSITORY + "/ECR")),
    passes("in a repository policy", grant(Resource="arn:aws:ECR:::"), kind=Kind.REPOSITORY),
    passes("unknown", allow(Resource=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Resource="arn:aws:ECR:*")) == (
        "the service `ECR` of the resource `arn:aws:ECR:*` is not in lower case; write `ecr`"
    )
