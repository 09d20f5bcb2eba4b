"""Numbers of which one decides."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, table, trips

RULE = "redundant-condition-value-num"

KEY = "aws:MultiFactorAuthAge"


def age(value: Any, operator: str = "NumericLessThan") -> dict[str, Any]:
    return allow(Condition={operator: {KEY: value}})


def at(number: int, operator: str = "NumericLessThan") -> str:
    return f"/Statement/0/Condition/{operator}/{KEY}/{number}"


@table(
    trips("two", age(["2700", "3600"]), at(0)),
    trips("numbers of JSON", age([3600, 2700, 30.5]), at(1)),
    trips("equal", age(["10", "10.0"]), at(1)),
    trips(
        "the least, with a suffix",
        age(["1", "2"], "NumericGreaterThanEqualsIfExists"),
        at(1, "NumericGreaterThanEqualsIfExists"),
    ),
    trips(
        "with a qualifier",
        age(["1", "2"], "ForAllValues:NumericGreaterThan"),
        at(1, "ForAllValues:NumericGreaterThan"),
    ),
    trips("beside an unknown value", age([UNKNOWN, "1", "2"]), at(1)),
    passes("one", age(["2700"])),
    passes("one that is a number", age(["2700", "many"])),
    passes("equality", age(["1", "2"], "NumericEquals")),
    passes("dates", age(["2026-01-01", "2026-01-02"], "DateLessThan")),
    passes("unknown", age(["2700", UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, age(["2700", "3600"])) == (
        "`NumericLessThan` compares with the greatest of its values alone, `3600`: `2700` has no "
        "effect; write `3600` alone, or the value that is meant"
    )
    assert message(RULE, age(["1", "2", "3"], "NumericGreaterThan")) == (
        "`NumericGreaterThan` compares with the least of its values alone, `1`: `2` and `3` have "
        "no effect; write `1` alone, or the value that is meant"
    )


def test_fix() -> None:
    assert fixed(RULE, age([2700, 3600, 1])) == age([3600])
