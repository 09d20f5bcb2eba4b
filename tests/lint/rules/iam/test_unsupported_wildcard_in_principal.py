"""A wildcard within a principal."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import THERE
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "unsupported-wildcard-in-principal"

ROLES = f"arn:aws:iam::{THERE}:role/*"


@table(
    trips("roles", grant(Principal={"AWS": [THERE, ROLES]}), "/Statement/0/Principal/AWS/1"),
    trips(
        "accounts", grant(Principal={"AWS": "arn:aws:iam::*:root"}), "/Statement/0/Principal/AWS"
    ),
    trips("digits", grant(Principal={"AWS": "44445555????"}), "/Statement/0/Principal/AWS"),
    trips(
        "sessions",
        grant(Principal={"AWS": f"arn:aws:sts::{THERE}:assumed-role/ci/*"}),
        "/Statement/0/Principal/AWS",
    ),
    trips("services", grant(Principal={"Service": "*"}), "/Statement/0/Principal/Service"),
    trips("in NotPrincipal", grant(NotPrincipal={"AWS": ROLES}), "/Statement/0/NotPrincipal/AWS"),
    trips(
        "of an endpoint",
        grant(Principal={"AWS": ROLES}, Resource="*"),
        "/Statement/0/Principal/AWS",
        kind=Kind.ENDPOINT,
    ),
    passes("everybody", grant(Principal="*")),
    passes("everybody of AWS", grant(Principal={"AWS": ["*", THERE]})),
    passes("names in full", grant(Principal={"Service": "codebuild.amazonaws.com"})),
    passes("unknown", grant(Principal={"AWS": [UNKNOWN]})),
    passes("in an RCP", grant(Principal={"AWS": ROLES}), kind=Kind.RCP),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Principal={"AWS": ROLES})) == (
        "a wildcard stands in the principal `arn:aws:iam::444455556666:role/*`; "
        "name it in full, or use `*` with a condition on `aws:PrincipalArn`"
    )
