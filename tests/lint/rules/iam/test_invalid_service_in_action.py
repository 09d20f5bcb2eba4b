"""A service of an action that there is not."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-service-in-action"


KNOWN = installed()


@table(
    trips("misspelled", allow(Action="erc:PutImage"), "/Statement/0/Action", facts=KNOWN),
    trips("in NotAction", allow(NotAction=["erc:*"]), "/Statement/0/NotAction/0", facts=KNOWN),
    trips(
        "in a repository policy",
        grant(Action=["ecr:*", "erc:*"]),
        "/Statement/0/Action/1",
        kind=Kind.REPOSITORY,
        facts=KNOWN,
    ),
    passes("without the extra", allow(Action="erc:PutImage"), facts=OWN),
    passes("a service", allow(Action=["ecr:PutImage", "S3:GetObject"]), facts=KNOWN),
    passes("a pattern, which another rule tells", allow(Action="erc*:PutImage"), facts=KNOWN),
    passes("none, which another rule tells", allow(Action=["PutImage", ":a", "erc:"]), facts=KNOWN),
    passes("all actions", allow(Action="*"), facts=KNOWN),
    passes("unknown", allow(Action=UNKNOWN), facts=KNOWN),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, allow(Action="erc:PutImage"), facts=KNOWN) == (
        "`erc` in the action `erc:PutImage` is no service; write `ecr:PutImage`"
    )
    assert message(RULE, allow(Action="zzzzzz:A"), facts=KNOWN) == (
        "`zzzzzz` in the action `zzzzzz:A` is no service; look it up in the Service Authorization "
        "Reference"
    )
