"""A principal that names nobody."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import HERE, ROLE, THERE
from tests.lint.tables import Case, fixed, grant, message, passes, problems, table, trips

RULE = "invalid-principal-format"


@table(
    trips("an ARN without a kind", grant(Principal=ROLE), "/Statement/0/Principal"),
    trips("a list", grant(Principal=[ROLE]), "/Statement/0/Principal"),
    trips("eleven digits", grant(Principal={"AWS": "11112222333"}), "/Statement/0/Principal/AWS"),
    trips(
        "a group",
        grant(Principal={"AWS": [THERE, f"arn:aws:iam::{HERE}:group/ci"]}),
        "/Statement/0/Principal/AWS/1",
    ),
    trips(
        "a session without its name",
        grant(NotPrincipal={"AWS": f"arn:aws:sts::{HERE}:assumed-role/ci"}),
        "/Statement/0/NotPrincipal/AWS",
    ),
    trips(
        "an account in words",
        grant(Principal={"AWS": "arn:aws:iam::ACCOUNT:root"}),
        "/Statement/0/Principal/AWS",
        kind=Kind.ENDPOINT,
    ),
    trips("no provider", grant(Principal={"Federated": ""}), "/Statement/0/Principal/Federated"),
    passes("an account", grant()),
    passes("a role", grant(Principal={"AWS": ROLE})),
    passes("everybody", grant(Principal="*")),
    passes("a service, which another rule tells", grant(Principal={"Service": "codebuild"})),
    passes("a pattern, which another rule tells", grant(Principal={"AWS": ROLE + "*"})),
    passes("in an RCP, which another rule tells", grant(Principal=ROLE), kind=Kind.RCP),
    passes("unknown", grant(Principal=UNKNOWN)),
    passes("an unknown account", grant(Principal={"AWS": [UNKNOWN]})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, grant(Principal="x")) == (
        'the principal `x` has no kind; write `"*"`, or an object such as `{"AWS": "111122223333"}`'
    )
    assert message(RULE, grant(Principal={"AWS": "x"})) == (
        "`x` is no principal; give an account of twelve digits, `*`, or the ARN of a root, user, "
        "role or session"
    )


def test_fix() -> None:
    assert fixed(RULE, grant(Principal=ROLE)) == grant(Principal={"AWS": ROLE})
    assert fixed(RULE, grant(NotPrincipal=THERE)) == grant(NotPrincipal={"AWS": THERE})


def test_no_fix_is_a_guess() -> None:
    for principal in ("x", "codebuild.amazonaws.com", [ROLE], {"AWS": "x"}):
        assert not any(each.fix for each in problems(RULE, grant(Principal=principal)))
