"""`Null` with `IfExists`."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, problems, table, trips

RULE = "null-with-if-exists"


def under(*operators: str) -> dict[str, Any]:
    return allow(Condition={operator: {"a:b": "true"} for operator in operators})


@table(
    trips("alone", under("NullIfExists"), "/Statement/0/Condition/NullIfExists (name)"),
    trips(
        "with a qualifier",
        under("ForAnyValue:NullIfExists"),
        "/Statement/0/Condition/ForAnyValue:NullIfExists (name)",
    ),
    trips(
        "of two keys, told once",
        allow(Condition={"NullIfExists": {"a:b": UNKNOWN, "a:c": "true"}}),
        "/Statement/0/Condition/NullIfExists (name)",
    ),
    passes("Null", under("Null")),
    passes("IfExists", under("StringLikeIfExists")),
    passes("no operator", under("nullIfExists")),
    passes("unknown", allow(Condition={"NullIfExists": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, under("NullIfExists")) == (
        "`NullIfExists` asks whether a key is there only if it is there; write `Null`"
    )


def test_fix() -> None:
    assert fixed(RULE, under("ForAllValues:NullIfExists")) == under("ForAllValues:Null")


def test_no_fix_where_the_other_is_there() -> None:
    [found] = problems(RULE, under("NullIfExists", "Null"))
    assert found.fix == ()
