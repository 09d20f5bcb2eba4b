"""A variable where none is filled in."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, problems, table, trips

RULE = "invalid-variable-for-operator"


def compared(operator: str, value: Any) -> dict[str, Any]:
    return allow(Condition={operator: {"a:b": value}})


def place(operator: str) -> str:
    return f"/Statement/0/Condition/{operator}/a:b"


@table(
    trips("a date", compared("DateLessThan", "${a:c}"), place("DateLessThan") + "+0"),
    trips("a number", compared("NumericEquals", "1${a:c}"), place("NumericEquals") + "+1"),
    trips("a boolean", compared("BoolIfExists", ["${a:c}"]), place("BoolIfExists") + "/0+0"),
    trips("bytes", compared("BinaryEquals", "${a:c}"), place("BinaryEquals") + "+0"),
    trips("whether it is there", compared("Null", "${a:c}"), place("Null") + "+0"),
    trips("an address", compared("NotIpAddress", "${a:c}"), place("NotIpAddress")),
    trips(
        "under the older version",
        {**compared("Bool", "${a:c}"), "Version": "2008-10-17"},
        place("Bool") + "+0",
    ),
    passes("a string", compared("StringLike", "${a:c}")),
    passes("an ARN", compared("ForAnyValue:ArnNotEquals", "${a:c}")),
    passes("no variable", compared("NumericEquals", "$1")),
    passes("no operator", compared("Numeric", "${a:c}")),
    passes("unknown", compared("NumericEquals", [UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, compared("NumericEquals", "${a:c}")) == (
        "a variable stands in `${a:c}`, and `NumericEquals` knows none; write out what is meant"
    )
    assert message(RULE, compared("IpAddress", "${a:c}")) == (
        "a variable stands in `${a:c}`, where a range of addresses is compared; "
        "write out what is meant"
    )


def test_it_is_told_once() -> None:
    assert problems("type-mismatch-ip-range", compared("IpAddress", "${a:c}")) == []
