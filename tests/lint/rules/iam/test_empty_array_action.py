"""A statement about no action."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "empty-array-action"


@table(
    trips("no action", allow(Action=[]), "/Statement/0/Action"),
    trips("nothing excepted", allow(NotAction=[]), "/Statement/0/NotAction"),
    trips("of a repository", grant(Action=[]), "/Statement/0/Action", kind=Kind.REPOSITORY),
    passes("one", allow(Action=["ecr:*"])),
    passes("an empty text, which another rule tells", allow(Action=[""])),
    passes("none at all, which another rule tells", {"Statement": [{"Effect": "Allow"}]}),
    passes("unknown", allow(Action=[UNKNOWN])),
    passes("a list that is unknown", allow(Action=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Action=[])) == "`Action` is empty; name an action"
