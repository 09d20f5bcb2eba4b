"""A condition on what callers say of themselves."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, deny, grant, message, passes, table, trips

RULE = "untrustworthy-condition-key"

AGENT = {"StringLike": {"aws:UserAgent": "*docker*"}}
PLACE = "/Statement/0/Condition/StringLike/aws:UserAgent (name)"


def compared(key: str, value: Any = "a") -> dict[str, Any]:
    return grant(Condition={"StringEquals": {key: value}})


@table(
    trips("the client", grant(Condition=AGENT), PLACE),
    trips("it denies", deny(Condition=AGENT), PLACE, kind=Kind.SCP),
    trips("of an identity", allow(Condition=AGENT), PLACE, kind=Kind.IDENTITY),
    trips(
        "the page before",
        compared("AWS:referer"),
        "/Statement/0/Condition/StringEquals/AWS:referer (name)",
    ),
    trips(
        "an unknown value",
        compared("aws:Referer", UNKNOWN),
        "/Statement/0/Condition/StringEquals/aws:Referer (name)",
    ),
    passes("what AWS sets", compared("aws:SourceVpce")),
    passes("unknown", grant(Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Condition=AGENT)) == (
        "callers write `aws:UserAgent` as they like; compare what AWS sets, such as "
        "`aws:PrincipalOrgID`, `aws:SourceVpce` or `aws:PrincipalArn`"
    )
