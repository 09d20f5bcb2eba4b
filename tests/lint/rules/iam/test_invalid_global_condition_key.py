"""A condition key of all services that there is not."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "invalid-global-condition-key"


def on(key: str) -> dict[str, Any]:
    return allow(Condition={"StringEquals": {key: "x"}})


def place(key: str) -> str:
    return f"/Statement/0/Condition/StringEquals/{key} (name)"


@table(
    trips("misspelled", on("aws:PrincipalOrgId2"), place("aws:PrincipalOrgId2")),
    trips("in capitals", on("AWS:SourceIPs"), place("AWS:SourceIPs")),
    trips("a tag of nothing", on("aws:Tag/team"), place("aws:Tag~1team")),
    trips("of one service", on("aws:PassedToService"), place("aws:PassedToService")),
    trips("of Amazon SNS", on("aws:SourceOwner"), place("aws:SourceOwner")),
    passes("a key", on("aws:PrincipalOrgID")),
    passes("in another case", on("AWS:sourceip")),
    passes("a tag", on("aws:ResourceTag/team")),
    passes("no tag, which another rule tells", on("aws:ResourceTag")),
    passes("no tag behind a slash, which another rule tells", on("aws:RequestTag/")),
    passes("aws:ARN, which other rules tell", on("aws:ARN")),
    passes("no name, which another rule tells", on("aws:")),
    passes(
        "of Amazon SNS, in a policy that may be one of a topic",
        on("AWS:SourceOwner"),
        kind=Kind.RESOURCE,
    ),
    passes("of a service", on("ecr:x")),
    passes("unknown", allow(Condition={"StringEquals": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, on("aws:PrincipalOrgIds")) == (
        "there is no condition key `aws:PrincipalOrgIds`; write `aws:PrincipalOrgID`"
    )
    assert message(RULE, on("aws:Zzzzzzzzzz")) == (
        "there is no condition key `aws:Zzzzzzzzzz`; look it up in the IAM User Guide, "
        "“AWS global condition context keys”"
    )
