"""An identity provider as a principal."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "federated-principal-not-supported"

PROVIDER = "cognito-identity.amazonaws.com"


@table(
    trips("alone", grant(Principal={"Federated": PROVIDER}), "/Statement/0/Principal/Federated"),
    trips(
        "beside an account",
        grant(Principal={"AWS": "111122223333", "Federated": [PROVIDER]}),
        "/Statement/0/Principal/Federated/0",
    ),
    trips(
        "all but it",
        grant(NotPrincipal={"Federated": PROVIDER}),
        "/Statement/0/NotPrincipal/Federated",
    ),
    trips(
        "in a registry policy",
        grant(Principal={"Federated": PROVIDER}, Resource="*"),
        "/Statement/0/Principal/Federated",
        kind=Kind.REGISTRY,
    ),
    passes("a role", grant(Principal={"AWS": "arn:aws:iam::111122223333:role/ci"})),
    passes("in a trust policy", grant(Principal={"Federated": PROVIDER}), kind=Kind.RESOURCE),
    passes("unknown", grant(Principal={"Federated": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Principal={"Federated": PROVIDER})) == (
        "a repository policy knows no identity provider: `cognito-identity.amazonaws.com`; "
        "name the role that its users assume, under `AWS`"
    )
