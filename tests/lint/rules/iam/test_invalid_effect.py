"""An effect that is none."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, deny, fixed, message, passes, problems, table, trips

RULE = "invalid-effect"


@table(
    trips("another word", allow(Effect="Permit"), "/Statement/0/Effect"),
    trips("lower case", allow(Effect="deny"), "/Statement/0/Effect"),
    trips("empty", allow(Effect=""), "/Statement/0/Effect"),
    passes("Allow", allow()),
    passes("Deny", deny()),
    passes("none, which another rule tells", {"Statement": [{}]}),
    passes("null, which another rule tells", allow(Effect=None)),
    passes("unknown", allow(Effect=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Effect="Permit")) == (
        "`Permit` is no effect; write `Allow` or `Deny`"
    )


def test_fix() -> None:
    assert fixed(RULE, allow(Effect="deny")) == deny()
    assert problems(RULE, allow(Effect="Denied"))[0].fix == ()
