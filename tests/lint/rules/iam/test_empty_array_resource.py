"""A statement about no resource."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "empty-array-resource"


@table(
    trips("no resource", allow(Resource=[]), "/Statement/0/Resource"),
    trips("nothing excepted", allow(NotResource=[]), "/Statement/0/NotResource"),
    trips("of a registry", grant(Resource=[]), "/Statement/0/Resource", kind=Kind.REGISTRY),
    passes("one", allow(Resource=["*"])),
    passes("an empty text, which another rule tells", allow(Resource=[""])),
    passes("of a repository", grant(Resource=[]), kind=Kind.REPOSITORY),
    passes("unknown", allow(Resource=[UNKNOWN])),
    passes("a list that is unknown", allow(Resource=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Resource=[])) == "`Resource` is empty; name a resource"
