"""A principal in a policy of an identity."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "unsupported-principal"


@table(
    trips("Principal", allow(Principal="*"), "/Statement/0/Principal (name)"),
    trips(
        "NotPrincipal",
        allow(NotPrincipal={"AWS": "111122223333"}),
        "/Statement/0/NotPrincipal (name)",
    ),
    trips(
        "in a boundary", allow(Principal="*"), "/Statement/0/Principal (name)", kind=Kind.BOUNDARY
    ),
    trips("in a session", allow(Principal="*"), "/Statement/0/Principal (name)", kind=Kind.SESSION),
    trips("unknown", allow(Principal=UNKNOWN), "/Statement/0/Principal (name)"),
    passes("none", allow()),
    passes("in a repository policy", grant(), kind=Kind.REPOSITORY),
    passes("in an SCP", allow(Principal="*"), kind=Kind.SCP),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Principal="*")) == (
        "an identity-based policy has no `Principal`; delete it"
    )
