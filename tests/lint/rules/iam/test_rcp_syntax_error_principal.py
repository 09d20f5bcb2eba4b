"""A principal of an RCP other than everybody."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import THERE
from tests.lint.tables import Case, deny, fixed, message, passes, problems, table, trips

RULE = "rcp-syntax-error-principal"


@table(
    trips("an account", deny(Principal={"AWS": THERE}), "/Statement/0/Principal"),
    trips("everybody, in other words", deny(Principal={"AWS": ["*"]}), "/Statement/0/Principal"),
    trips("all but one", deny(NotPrincipal={"AWS": THERE}), "/Statement/0/NotPrincipal"),
    trips("of another type", deny(Principal=["*"]), "/Statement/0/Principal"),
    passes("everybody", deny(Principal="*")),
    passes("none", deny()),
    passes("unknown", deny(Principal=UNKNOWN)),
    passes("in an SCP", deny(Principal={"AWS": THERE}), kind=Kind.SCP),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, deny(Principal={"AWS": THERE})) == (
        'a resource control policy is about everybody: its `Principal` is `"*"`; '
        "name who is meant in a condition, for example on `aws:PrincipalArn`"
    )


def test_fix() -> None:
    for principal in ({"AWS": "*"}, {"AWS": ["*"]}):
        assert fixed(RULE, deny(Principal=principal)) == deny(Principal="*")


def test_somebody_in_particular_is_left_to_the_author() -> None:
    [problem] = problems(RULE, deny(Principal={"AWS": ["*", THERE]}))
    assert problem.fix == ()
