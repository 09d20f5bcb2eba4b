"""Principals of which there are none."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import SERVICE
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "empty-array-principal"


@table(
    trips("no account", grant(Principal={"AWS": []}), "/Statement/0/Principal"),
    trips("two empty lists", grant(Principal={"AWS": [], "Service": []}), "/Statement/0/Principal"),
    trips("nobody excepted", grant(NotPrincipal={"AWS": []}), "/Statement/0/NotPrincipal"),
    trips(
        "of an endpoint",
        grant(Principal={"AWS": []}, Resource="*"),
        "/Statement/0/Principal",
        kind=Kind.ENDPOINT,
    ),
    passes("one of two", grant(Principal={"AWS": [], "Service": SERVICE})),
    passes("an empty object, which another rule tells", grant(Principal={})),
    passes("another kind, which another rule tells", grant(Principal={"Aws": []})),
    passes("an RCP, where another rule tells it", grant(Principal={"AWS": []}), kind=Kind.RCP),
    passes("unknown", grant(Principal={"AWS": [UNKNOWN]})),
    passes("a list that is unknown", grant(Principal={"AWS": UNKNOWN, "Service": []})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Principal={"AWS": []})) == (
        "`Principal` names nobody: the statement is about no request; "
        "say whom it is about, or delete the statement"
    )
    assert message(RULE, grant(NotPrincipal={"AWS": []})) == (
        "`NotPrincipal` is empty: it excepts nobody; say who is excepted"
    )
