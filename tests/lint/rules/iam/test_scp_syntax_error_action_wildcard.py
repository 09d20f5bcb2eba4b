"""A wildcard before the end of an action of an SCP."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, deny, message, passes, table, trips

RULE = "scp-syntax-error-action-wildcard"


@table(
    trips("at the beginning of the name", deny(Action="ecr:*Policy"), "/Statement/0/Action+4"),
    trips("within the name", deny(Action=["ecr:*", "ecr:Put*y"]), "/Statement/0/Action/1+7"),
    trips("two", deny(Action="ecr:Put**"), "/Statement/0/Action+7"),
    trips("of one character", deny(Action="ecr:Put?mage"), "/Statement/0/Action+7"),
    trips("in the service", deny(Action="ecr*:Put"), "/Statement/0/Action+3"),
    trips("in NotAction", deny(NotAction=["*:Get"]), "/Statement/0/NotAction/0+0"),
    passes("at the end", deny(Action=["ecr:*", "ecr:Put*", "ecr:Put?"])),
    passes("alone", deny(Action="*")),
    passes("none", deny(Action="ecr:PutImage")),
    passes("in an identity-based policy", deny(Action="ecr:*Policy"), kind=Kind.IDENTITY),
    passes("unknown", deny(Action=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, deny(Action="ecr:*Policy")) == (
        "a wildcard stands before the end of the action `ecr:*Policy`; "
        "name the actions that are meant, or end with one `*`"
    )
