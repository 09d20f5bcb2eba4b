"""Principals of which there are none."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "empty-object-principal"


@table(
    trips("nothing in it", grant(Principal={}), "/Statement/0/Principal"),
    trips("nobody excepted", grant(NotPrincipal={}), "/Statement/0/NotPrincipal"),
    passes("an empty list, which another rule tells", grant(Principal={"AWS": []})),
    passes("no object, which another rule tells", grant(Principal=[])),
    passes("an RCP, where another rule tells it", grant(Principal={}), kind=Kind.RCP),
    passes("everybody", grant(Principal="*")),
    passes("unknown", grant(Principal=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Principal={})) == (
        "`Principal` names nobody: the statement is about no request; "
        "say whom it is about, or delete the statement"
    )
    assert message(RULE, grant(NotPrincipal={})) == (
        "`NotPrincipal` is empty: it excepts nobody; say who is excepted"
    )
