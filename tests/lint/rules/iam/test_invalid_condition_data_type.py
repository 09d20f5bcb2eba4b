"""Values of a condition of different JSON types."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, table, trips

RULE = "invalid-condition-data-type"


def compared(value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return allow(Condition={operator: {"s3:max-keys": value}})


PLACE = "/Statement/0/Condition/StringEquals/s3:max-keys"


@table(
    trips("a string and a boolean", compared(["true", True]), PLACE),
    trips("a string and a number", compared([1, "1"]), PLACE),
    trips("a boolean and a number", compared([1, True]), PLACE),
    trips("beside an unknown one", compared([1, UNKNOWN, "1"]), PLACE),
    passes("strings", compared(["true", "1"])),
    passes("numbers", compared([1, 1.5])),
    passes("booleans", compared([True, False], "Bool")),
    passes("one value", compared(True)),
    passes("null, which another rule tells", compared(["a", None])),
    passes("unknown", compared(["a", UNKNOWN])),
    passes("all unknown", compared(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, compared(["1", 1, True, 1.5])) == (
        "strings, numbers and booleans stand together as values of `s3:max-keys`; "
        "write all of them as strings"
    )


def test_fix() -> None:
    assert fixed(RULE, compared(["a", True, 10, 1.5])) == compared(["a", "true", "10", "1.5"])
    assert fixed(RULE, compared([1, True])) == compared(["1", "true"])
