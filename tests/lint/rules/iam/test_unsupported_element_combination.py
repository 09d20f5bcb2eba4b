"""An element and its negation in one statement."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "unsupported-element-combination"

BOTH = allow(Action="ecr:*", NotAction="ecr:Get*")


@table(
    trips("actions", BOTH, "/Statement/0/NotAction (name)"),
    trips("resources", allow(NotResource="*", Resource="*"), "/Statement/0/NotResource (name)"),
    trips(
        "principals",
        grant(Principal="*", NotPrincipal={"AWS": "111122223333"}),
        "/Statement/0/NotPrincipal (name)",
        kind=Kind.REPOSITORY,
    ),
    trips("one is unknown", allow(Action=UNKNOWN, NotAction="*"), "/Statement/0/NotAction (name)"),
    passes("one of them", allow(NotAction="ecr:Get*")),
    passes("different elements", allow(NotAction="ecr:Get*", NotResource="*")),
    passes(
        "in two statements", {"Statement": [{"Action": "*"}, {"NotAction": "*"}]}, kind=Kind.SCP
    ),
    passes("the statement is unknown", {"Statement": [UNKNOWN]}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, BOTH) == (
        "the statement has both `Action` and `NotAction`; keep one of the two"
    )
