"""A statement without resources."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import REPOSITORY, document, statement
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "missing-resource"


NONE = document(statement())


@table(
    trips("in an identity-based policy", NONE, "/Statement/0"),
    trips("in an SCP", NONE, "/Statement/0", kind=Kind.SCP),
    trips("in an RCP", NONE, "/Statement/0", kind=Kind.RCP),
    trips("in an endpoint policy", NONE, "/Statement/0", kind=Kind.ENDPOINT),
    trips("in a registry policy", grant(), "/Statement/0", kind=Kind.REGISTRY),
    passes("Resource", allow()),
    passes("NotResource", allow(NotResource=REPOSITORY)),
    passes("in a repository policy", grant(), kind=Kind.REPOSITORY),
    passes("in a policy of another resource", grant(), kind=Kind.RESOURCE),
    passes("unknown", allow(Resource=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, NONE) == (
        'the statement has neither `Resource` nor `NotResource`; add one; `"*"` is every resource'
    )
