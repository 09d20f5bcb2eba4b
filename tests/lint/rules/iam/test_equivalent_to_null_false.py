"""A pattern that asks only whether a key is there."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.facts import installed
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "equivalent-to-null-false"

TAG = "aws:PrincipalTag/team"


def asking(operator: str, value: Any = "*", key: str = TAG) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def at(operator: str, end: str = "") -> str:
    return f"/Statement/0/Condition/{operator}/aws:PrincipalTag~1team{end}"


@table(
    trips("a star", asking("StringLike"), at("StringLike")),
    trips("two stars", asking("StringLike", "**"), at("StringLike")),
    trips("one of two", asking("StringLike", ["a*", "*"]), at("StringLike", "/1")),
    trips("beside an unknown value", asking("StringLike", [UNKNOWN, "*"]), at("StringLike", "/1")),
    trips("any value", asking("ForAnyValue:StringLike"), at("ForAnyValue:StringLike")),
    trips(
        "a sensitive key that lets nobody in",
        deny(Condition={"StringLike": {"aws:SourceVpce": "*"}}),
        "/Statement/0/Condition/StringLike/aws:SourceVpce",
    ),
    passes("more than a star", asking("StringLike", "a*")),
    passes("a character", asking("StringLike", "?*")),
    passes("no value", asking("StringLike", "")),
    passes("another operator, which another rule tells", asking("StringEquals")),
    passes("negated", asking("StringNotLike")),
    passes("it may be missing", asking("StringLikeIfExists")),
    passes("all values", asking("ForAllValues:StringLike")),
    passes("any value, or none", asking("ForAnyValue:StringLikeIfExists")),
    passes("a sensitive key", asking("StringLike", key="aws:SourceVpce")),
    passes("several values, and no qualifier", asking("StringLike", key="aws:TagKeys")),
    passes("unknown", asking("StringLike", UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_a_key_with_several_values_that_the_facts_tell_of() -> None:
    case = passes("", asking("StringLike", key="s3:RequestObjectTagKeys"), facts=installed())
    assert case.places(RULE) == []


def test_message() -> None:
    assert message(RULE, asking("StringLike")) == (
        "`StringLike` with `*` asks only whether `aws:PrincipalTag/team` is there; "
        'write `"Null": {"aws:PrincipalTag/team": "false"}`'
    )
