"""A value that is no boolean."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "type-mismatch-boolean"


def asking(operator: str, key: str, value: Any) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def at(operator: str, key: str, end: str = "") -> str:
    return f"/Statement/0/Condition/{operator}/{key}{end}"


@table(
    trips(
        "a word", asking("Bool", "aws:SecureTransport", "yes"), at("Bool", "aws:SecureTransport")
    ),
    trips("a number", asking("Bool", "aws:SecureTransport", 1), at("Bool", "aws:SecureTransport")),
    trips("nothing", asking("Bool", "aws:SecureTransport", ""), at("Bool", "aws:SecureTransport")),
    trips(
        "one of two",
        asking("BoolIfExists", "company:key", ["true", "no"]),
        at("BoolIfExists", "company:key", "/1"),
    ),
    trips("whether it is there", asking("Null", "aws:SourceIp", "no"), at("Null", "aws:SourceIp")),
    trips(
        "beside an unknown value",
        asking("Null", "aws:SourceIp", [UNKNOWN, "no"]),
        at("Null", "aws:SourceIp", "/1"),
    ),
    passes("a boolean of JSON", asking("Bool", "aws:SecureTransport", True)),
    passes("in any case", asking("Bool", "aws:SecureTransport", ["TRUE", "False"])),
    passes("a variable", asking("Bool", "aws:SecureTransport", "${a:b}")),
    passes("a key of another type", asking("Bool", "aws:username", "me")),
    passes("another operator", asking("StringEquals", "company:key", "yes")),
    passes("unknown", asking("Bool", "aws:SecureTransport", UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("Bool", "aws:SecureTransport", "yes")) == (
        "`yes` is no boolean; write `true` or `false`"
    )
