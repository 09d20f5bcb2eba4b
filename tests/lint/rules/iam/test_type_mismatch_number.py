"""A value that is no number."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "type-mismatch-number"


def asking(operator: str, key: str, value: Any) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def at(operator: str, key: str, end: str = "") -> str:
    return f"/Statement/0/Condition/{operator}/{key}{end}"


@table(
    trips(
        "a unit",
        asking("NumericLessThan", "aws:MultiFactorAuthAge", "1h"),
        at("NumericLessThan", "aws:MultiFactorAuthAge"),
    ),
    trips(
        "a comma",
        asking("NumericEqualsIfExists", "company:key", [1, "1,000"]),
        at("NumericEqualsIfExists", "company:key", "/1"),
    ),
    trips(
        "a boolean of JSON",
        asking("NumericEquals", "company:key", value=True),
        at("NumericEquals", "company:key"),
    ),
    trips(
        "nothing", asking("NumericEquals", "company:key", ""), at("NumericEquals", "company:key")
    ),
    trips(
        "beside an unknown value",
        asking("NumericEquals", "company:key", [UNKNOWN, "one"]),
        at("NumericEquals", "company:key", "/1"),
    ),
    passes("numbers", asking("NumericEquals", "company:key", ["1", 2, 3.5, "-1e3"])),
    passes("a variable", asking("NumericEquals", "company:key", "${a:b}")),
    passes("a key of another type", asking("NumericEquals", "aws:username", "me")),
    passes("another operator", asking("StringEquals", "company:key", "one")),
    passes("unknown", asking("NumericEquals", "company:key", UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("NumericEquals", "company:key", "1h")) == (
        "`1h` is no number; write digits, as in `3600`"
    )
