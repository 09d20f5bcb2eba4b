"""A principal in an SCP."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import ROLE
from tests.lint.tables import Case, deny, fixed, message, passes, problems, table, trips

RULE = "scp-syntax-error-principal"


@table(
    trips("everybody", deny(Principal="*"), "/Statement/0/Principal (name)"),
    trips("nobody", deny(NotPrincipal={"AWS": ROLE}), "/Statement/0/NotPrincipal (name)"),
    trips("unknown", deny(Principal=UNKNOWN), "/Statement/0/Principal (name)"),
    passes("none", deny()),
    passes("in an identity-based policy", deny(Principal="*"), kind=Kind.IDENTITY),
    passes("in an RCP", deny(Principal="*"), kind=Kind.RCP),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, deny(Principal="*")) == (
        "a service control policy has no `Principal`; delete it"
    )


def test_fix() -> None:
    for everybody in ("*", {"AWS": "*"}, {"AWS": ["*"]}):
        assert fixed(RULE, deny(Principal=everybody)) == deny()


def test_no_fix_is_a_guess() -> None:
    for elements in ({"Principal": {"AWS": ROLE}}, {"NotPrincipal": "*"}, {"Principal": UNKNOWN}):
        assert not any(each.fix for each in problems(RULE, deny(**elements)))
