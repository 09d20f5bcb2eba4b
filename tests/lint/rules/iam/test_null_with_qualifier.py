"""`Null` with a qualifier."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, deny, message, passes, table, trips

RULE = "null-with-qualifier"


def asking(operator: str, value: Any = "true") -> dict[str, Any]:
    return deny(Condition={operator: {"aws:TagKeys": value, "aws:username": value}})


@table(
    trips("any", asking("ForAnyValue:Null"), "/Statement/0/Condition/ForAnyValue:Null (name)"),
    trips("all", asking("ForAllValues:Null"), "/Statement/0/Condition/ForAllValues:Null (name)"),
    trips(
        "without a value",
        asking("ForAllValues:Null", []),
        "/Statement/0/Condition/ForAllValues:Null (name)",
    ),
    trips(
        "of unknown value",
        asking("ForAnyValue:Null", UNKNOWN),
        "/Statement/0/Condition/ForAnyValue:Null (name)",
    ),
    passes("none", asking("Null")),
    passes("another operator", asking("ForAnyValue:StringLike", "*")),
    passes("no keys", deny(Condition={"ForAnyValue:Null": {}})),
    passes("unknown", deny(Condition={"ForAnyValue:Null": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("ForAllValues:Null")) == (
        "`ForAllValues:Null` always holds; write `Null`"
    )
    assert message(RULE, asking("ForAnyValue:Null")) == (
        "`ForAnyValue:Null` never holds; write `Null`"
    )
