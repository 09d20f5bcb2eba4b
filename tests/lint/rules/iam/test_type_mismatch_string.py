"""A value that is no base64."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "type-mismatch-string"


def asking(operator: str, key: str, value: Any) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def at(operator: str, key: str, end: str = "") -> str:
    return f"/Statement/0/Condition/{operator}/{key}{end}"


@table(
    trips(
        "too short", asking("BinaryEquals", "company:key", "AB"), at("BinaryEquals", "company:key")
    ),
    trips(
        "another character",
        asking("BinaryEqualsIfExists", "company:key", ["QUI=", "Q-I="]),
        at("BinaryEqualsIfExists", "company:key", "/1"),
    ),
    trips(
        "beside an unknown value",
        asking("BinaryEquals", "company:key", [UNKNOWN, "!"]),
        at("BinaryEquals", "company:key", "/1"),
    ),
    passes("base64", asking("BinaryEquals", "company:key", ["QUI=", "", "QUJD"])),
    passes("a variable", asking("BinaryEquals", "company:key", "${a:b}")),
    passes("a key of another type", asking("BinaryEquals", "aws:username", "me!")),
    passes("another operator", asking("StringEquals", "company:key", "!")),
    passes("unknown", asking("BinaryEquals", "company:key", UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("BinaryEquals", "company:key", "AB")) == (
        "`AB` is no base64; write the bytes in base64, as in `QUI=`"
    )
