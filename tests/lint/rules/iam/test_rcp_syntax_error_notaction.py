"""`NotAction` in an RCP."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, deny, message, passes, table, trips

RULE = "rcp-syntax-error-notaction"

EXCEPT = deny(Principal="*", NotAction="ecr:Get*")


@table(
    trips("it denies", EXCEPT, "/Statement/0/NotAction (name)"),
    trips("unknown", deny(Principal="*", NotAction=UNKNOWN), "/Statement/0/NotAction (name)"),
    passes("Action", deny(Principal="*", Action="ecr:Get*")),
    passes("in an SCP", deny(NotAction="ecr:Get*"), kind=Kind.SCP),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, EXCEPT) == "a resource control policy has no `NotAction`; use `Action`"
