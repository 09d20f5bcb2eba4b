"""A pattern that asks only whether a key is missing."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, deny, fixed, message, passes, table, trips

RULE = "equivalent-to-null-true"

TAG = "aws:PrincipalTag/team"


def asking(operator: str, value: Any = "*", key: str = TAG) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def at(operator: str, end: str = "") -> str:
    return f"/Statement/0/Condition/{operator}/aws:PrincipalTag~1team{end}"


@table(
    trips("a star", asking("StringNotLike"), at("StringNotLike")),
    trips("one of two", asking("StringNotLike", ["a", "*"]), at("StringNotLike", "/1")),
    trips("with a suffix", asking("StringNotLikeIfExists"), at("StringNotLikeIfExists")),
    trips("all values", asking("ForAllValues:StringNotLike"), at("ForAllValues:StringNotLike")),
    trips(
        "any value, or none",
        asking("ForAnyValue:StringNotLikeIfExists"),
        at("ForAnyValue:StringNotLikeIfExists"),
    ),
    trips(
        "several values, and no qualifier",
        asking("StringNotLike", key="aws:TagKeys"),
        "/Statement/0/Condition/StringNotLike/aws:TagKeys",
    ),
    passes("any value", asking("ForAnyValue:StringNotLike")),
    passes("not negated", asking("StringLike")),
    passes("more than a star", asking("StringNotLike", "*a")),
    passes("another operator", asking("StringNotEquals")),
    passes(
        "a sensitive key, which another rule tells",
        deny(Condition={"StringNotLike": {"aws:SourceVpce": "*"}}),
    ),
    passes("unknown", asking("StringNotLike", UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("StringNotLike")) == (
        "`StringNotLike` with `*` holds only where `aws:PrincipalTag/team` is missing; "
        'write `"Null": {"aws:PrincipalTag/team": "true"}`'
    )


def test_fix() -> None:
    assert fixed(RULE, asking("StringNotLike")) == asking("Null", "true")
    assert fixed(RULE, asking("ForAnyValue:StringNotLikeIfExists")) == asking("Null", "true")


def test_what_would_change_a_decision_has_no_fix() -> None:
    for document in (
        asking("ForAllValues:StringNotLike"),
        allow(Condition={"StringNotLike": {TAG: "*", "aws:username": "a"}}),
        allow(Condition={"StringNotLike": {TAG: "*"}, "Null": {"aws:username": "true"}}),
    ):
        [found] = Case("", document, []).problems(RULE)
        assert found.fix == ()
    both = allow(Condition={"StringNotLike": {TAG: "*"}, "StringNotLikeIfExists": {TAG: "*"}})
    first, second = Case("", both, []).problems(RULE)
    assert first.fix
    assert second.fix == ()
