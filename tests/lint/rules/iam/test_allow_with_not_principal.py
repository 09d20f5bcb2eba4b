"""An allow for everybody but some."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import ROLE
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "allow-with-not-principal"

OTHERS = grant(NotPrincipal={"AWS": ROLE})
PLACE = "/Statement/0/NotPrincipal (name)"


@table(
    trips("it allows", OTHERS, PLACE),
    trips("unknown", grant(NotPrincipal=UNKNOWN), PLACE),
    trips("in an endpoint policy", OTHERS, PLACE, kind=Kind.ENDPOINT),
    passes("it denies", grant(Effect="Deny", NotPrincipal={"AWS": ROLE})),
    passes("Principal", grant()),
    passes("the effect is unknown", grant(Effect=UNKNOWN, NotPrincipal={"AWS": ROLE})),
    passes("in an RCP, where another rule tells", OTHERS, kind=Kind.RCP),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, OTHERS) == (
        "everybody is allowed but those whom `NotPrincipal` names; "
        "name who is allowed, with `Principal`"
    )
