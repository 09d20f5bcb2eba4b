"""A condition that never holds."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "redundant-statement-due-to-wildcard-in-condition"

TAG = "aws:PrincipalTag/team"


def asking(operator: str, value: Any = "*", key: str = TAG) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def at(operator: str, end: str = "") -> str:
    return f"/Statement/0/Condition/{operator}/aws:PrincipalTag~1team{end}"


@table(
    trips("any value", asking("ForAnyValue:StringNotLike"), at("ForAnyValue:StringNotLike")),
    trips(
        "one of two",
        asking("ForAnyValue:StringNotLike", ["a", "*"]),
        at("ForAnyValue:StringNotLike", "/1"),
    ),
    passes("any value, or none", asking("ForAnyValue:StringNotLikeIfExists")),
    passes("all values", asking("ForAllValues:StringNotLike")),
    passes("no qualifier", asking("StringNotLike")),
    passes("not negated", asking("ForAnyValue:StringLike")),
    passes("more than a star", asking("ForAnyValue:StringNotLike", "a*")),
    passes("unknown", asking("ForAnyValue:StringNotLike", [UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("ForAnyValue:StringNotLike")) == (
        "the condition on `aws:PrincipalTag/team` never holds; "
        "name the values that are meant, or delete the statement"
    )
