"""An RCP that allows something in particular."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "rcp-syntax-error-allow"

ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}


@table(
    trips("a condition", allow(Principal="*", Condition=ORGANIZATION), "/Statement/0/Effect"),
    trips("a resource", allow(Principal="*", Resource="arn:aws:s3:::a"), "/Statement/0/Effect"),
    trips("all but one", allow(Principal="*", NotResource="arn:aws:s3:::a"), "/Statement/0/Effect"),
    passes("everything", allow(Principal="*")),
    passes("everything, in a list", allow(Principal="*", Resource=["*"], Condition={})),
    passes("no resource, which another rule tells", {"Statement": {"Effect": "Allow"}}),
    passes("it denies", deny(Principal="*", Condition=ORGANIZATION)),
    passes("the resource is unknown", allow(Principal="*", Resource=[UNKNOWN])),
    passes("the condition is unknown", allow(Principal="*", Condition=UNKNOWN)),
    passes("in an SCP", allow(Condition=ORGANIZATION), kind=Kind.SCP),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Principal="*", Condition=ORGANIZATION)) == (
        "an allow of a resource control policy is for everything: it has `Resource` `*` and no "
        "`Condition`; write what is to be refused, with `Deny`"
    )
