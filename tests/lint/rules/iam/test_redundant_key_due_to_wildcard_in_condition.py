"""A condition that always holds."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, table, trips

RULE = "redundant-key-due-to-wildcard-in-condition"

TAG = "aws:PrincipalTag/team"


def asking(operator: str, value: Any = "*", key: str = TAG) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def at(operator: str, end: str = "") -> str:
    return f"/Statement/0/Condition/{operator}/aws:PrincipalTag~1team{end}"


@table(
    trips("all values", asking("ForAllValues:StringLike"), at("ForAllValues:StringLike")),
    trips(
        "all values, or none",
        asking("ForAllValues:StringLikeIfExists", ["a", "*"]),
        at("ForAllValues:StringLikeIfExists", "/1"),
    ),
    trips("a value, or none", asking("StringLikeIfExists"), at("StringLikeIfExists")),
    passes("it must be there", asking("StringLike")),
    passes("any value, or none", asking("ForAnyValue:StringLikeIfExists")),
    passes("negated", asking("ForAllValues:StringNotLike")),
    passes("more than a star", asking("ForAllValues:StringLike", "a*")),
    passes("several values, and no qualifier", asking("StringLikeIfExists", key="aws:TagKeys")),
    passes("a sensitive key", asking("StringLikeIfExists", key="aws:SourceVpce")),
    passes("unknown", asking("ForAllValues:StringLike", UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("StringLikeIfExists")) == (
        "the condition on `aws:PrincipalTag/team` always holds; "
        "name the values that are meant, or delete it"
    )


def test_fix() -> None:
    star, other = {"ForAllValues:StringLike": {TAG: "*"}}, {"Bool": {"aws:SecureTransport": "true"}}
    assert fixed(RULE, allow(Condition=star)) == allow()
    assert fixed(RULE, allow(Condition=star | other)) == allow(Condition=other)
    both = {"ForAllValues:StringLike": {TAG: "*", "aws:TagKeys": "a"}}
    assert fixed(RULE, allow(Condition=both)) == allow(
        Condition={"ForAllValues:StringLike": {"aws:TagKeys": "a"}}
    )


def test_what_would_change_a_decision_has_no_fix() -> None:
    [found] = Case("", asking("StringLikeIfExists"), []).problems(RULE)
    assert found.fix == ()
