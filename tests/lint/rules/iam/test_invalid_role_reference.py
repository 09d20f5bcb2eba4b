"""The id of a role among the principals."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import THERE
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "invalid-role-reference"

ID = "AROAEXAMPLEEXAMPLE123"


@table(
    trips("alone", grant(Principal={"AWS": ID}), "/Statement/0/Principal/AWS"),
    trips("one of two", grant(Principal={"AWS": [THERE, ID]}), "/Statement/0/Principal/AWS/1"),
    trips("excepted", grant(NotPrincipal={"AWS": ID}), "/Statement/0/NotPrincipal/AWS"),
    trips("it denies", grant(Effect="Deny", Principal={"AWS": ID}), "/Statement/0/Principal/AWS"),
    passes("an ARN", grant(Principal={"AWS": f"arn:aws:iam::{THERE}:role/AROA"})),
    passes("users", grant(Principal={"AWS": "AIDAEXAMPLEEXAMPLE123"})),
    passes("another kind", grant(Principal={"CanonicalUser": ID})),
    passes("of an identity", grant(Principal={"AWS": ID}), kind=Kind.IDENTITY),
    passes("unknown", grant(Principal={"AWS": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Principal={"AWS": ID})) == (
        f"`{ID}` is the id of a role, and nobody has such a principal; "
        "write its ARN, or delete the id of one that is gone"
    )
