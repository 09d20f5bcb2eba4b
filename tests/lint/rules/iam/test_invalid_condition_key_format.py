"""A condition key that is not of the form of one."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "invalid-condition-key-format"


def on(key: str) -> dict[str, Any]:
    return allow(Condition={"StringEquals": {key: "x"}})


@table(
    trips("no colon", on("SourceVpce"), "/Statement/0/Condition/StringEquals/SourceVpce (name)"),
    trips("no name", on("aws:"), "/Statement/0/Condition/StringEquals/aws: (name)"),
    trips("no service", on(":name"), "/Statement/0/Condition/StringEquals/:name (name)"),
    trips("a space", on("aws sts:a"), "/Statement/0/Condition/StringEquals/aws sts:a (name)"),
    passes("a key", on("aws:SourceVpce")),
    passes("a tag with a space", on("aws:ResourceTag/cost center")),
    passes("of an identity provider", on("token.actions.githubusercontent.com:sub")),
    passes("one that there is not", on("ecr:a")),
    passes("unknown", allow(Condition={"StringEquals": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    advice = "write `service:name`, for example `aws:PrincipalArn`"
    assert message(RULE, on("key")) == f"the context key `key` names no service; {advice}"
    assert message(RULE, on("aws:")) == (
        f"the context key `aws:` is not of the form `service:name`; {advice}"
    )
