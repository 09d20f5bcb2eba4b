"""A wildcard in the service of an action."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "wildcard-in-service-name"


@table(
    trips("behind the service", allow(Action="ecr*:PutImage"), "/Statement/0/Action+3"),
    trips("within it", allow(Action=["ecr:*", "e?r:Put*"]), "/Statement/0/Action/1+1"),
    trips("all of it", allow(Action="*:*"), "/Statement/0/Action+0"),
    trips("in NotAction", {"Statement": {"NotAction": ["s3*:*"]}}, "/Statement/NotAction/0+2"),
    trips("beside what is unknown", allow(Action=[UNKNOWN, "e*:*"]), "/Statement/0/Action/1+1"),
    passes("in the name alone", allow(Action=["ecr:*", "ecr:Put*"])),
    passes("all actions", allow(Action="*")),
    passes("no colon", allow(Action="ecr*")),
    passes("no action", {"Statement": [{"Effect": "Allow"}]}),
    passes("unknown", allow(Action=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Action="ecr*:PutImage")) == (
        "a wildcard stands in the service of the action `ecr*:PutImage`; "
        "name each service that is meant, for example `ecr:PutImage`"
    )
