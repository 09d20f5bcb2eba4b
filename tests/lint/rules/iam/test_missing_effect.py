"""A statement without an effect."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "missing-effect"


@table(
    trips("the only statement", {"Statement": {"Action": "*", "Resource": "*"}}, "/Statement"),
    trips("one of two", {"Statement": [allow()["Statement"][0], {}]}, "/Statement/1"),
    trips("in an SCP", {"Statement": [{"Action": "*"}]}, "/Statement/0", kind=Kind.SCP),
    passes("there is one", allow()),
    passes("another word", allow(Effect="allow")),
    passes("null", allow(Effect=None)),
    passes("unknown", allow(Effect=UNKNOWN)),
    passes("the statement is unknown", {"Statement": [UNKNOWN]}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {"Statement": {"Action": "*", "Resource": "*"}}) == (
        "the statement has no `Effect`; write `Allow` or `Deny`"
    )
