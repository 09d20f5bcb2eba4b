"""A kind of principal that there is not."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import HERE, ROLE, THERE
from tests.lint.tables import Case, fixed, grant, message, passes, problems, table, trips

RULE = "invalid-principal-key"


@table(
    trips("a role", grant(Principal={"Role": ROLE}), "/Statement/0/Principal/Role (name)"),
    trips("in lower case", grant(Principal={"aws": THERE}), "/Statement/0/Principal/aws (name)"),
    trips(
        "in NotPrincipal",
        grant(NotPrincipal={"User": THERE}),
        "/Statement/0/NotPrincipal/User (name)",
    ),
    trips(
        "in an endpoint policy",
        grant(Principal={"Role": UNKNOWN}),
        "/Statement/0/Principal/Role (name)",
        kind=Kind.ENDPOINT,
    ),
    passes("all there are", grant(Principal={"AWS": [], "Service": [], "Federated": []})),
    passes("the fourth", grant(Principal={"CanonicalUser": []})),
    passes("everybody", grant(Principal="*")),
    passes("in an RCP, which another rule tells", grant(Principal={"Role": "x"}), kind=Kind.RCP),
    passes("unknown", grant(Principal=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Principal={"Role": ROLE})) == (
        "`Role` is no kind of principal; write `AWS`, `Service`, `Federated` or `CanonicalUser`"
    )


def test_fix() -> None:
    assert fixed(RULE, grant(Principal={"aws": THERE})) == grant()


def test_no_fix_is_a_guess() -> None:
    for principal in ({"Role": ROLE}, {"aws": THERE, "AWS": HERE}):
        assert not any(each.fix for each in problems(RULE, grant(Principal=principal)))
