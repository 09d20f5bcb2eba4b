"""A statement id without a character."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, fixed, grant, message, passes, table, trips

RULE = "empty-sid-value"


@table(
    trips("empty", allow(Sid=""), "/Statement/0/Sid"),
    trips("of a repository", grant(Sid=""), "/Statement/0/Sid", kind=Kind.REPOSITORY),
    passes("one letter", allow(Sid="a")),
    passes("white space, which another rule tells where it matters", allow(Sid=" ")),
    passes("none", allow()),
    passes("null", allow(Sid=None)),
    passes("unknown", allow(Sid=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Sid="")) == "the statement id is empty; name it, or delete it"


def test_fix() -> None:
    assert fixed(RULE, allow(Sid="")) == allow()
