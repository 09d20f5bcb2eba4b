"""A value that is no date."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "type-mismatch-date"


def asking(operator: str, key: str, value: Any) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def at(operator: str, key: str, end: str = "") -> str:
    return f"/Statement/0/Condition/{operator}/{key}{end}"


@table(
    trips(
        "another order",
        asking("DateLessThan", "aws:CurrentTime", "31.12.2026"),
        at("DateLessThan", "aws:CurrentTime"),
    ),
    trips(
        "no such day",
        asking("DateLessThan", "aws:CurrentTime", ["2026-02-28", "2026-02-30"]),
        at("DateLessThan", "aws:CurrentTime", "/1"),
    ),
    trips(
        "a space",
        asking("DateNotEqualsIfExists", "company:key", "2026-01-31 09:00"),
        at("DateNotEqualsIfExists", "company:key"),
    ),
    trips(
        "beside an unknown value",
        asking("DateEquals", "aws:CurrentTime", [UNKNOWN, "now"]),
        at("DateEquals", "aws:CurrentTime", "/1"),
    ),
    passes("a day", asking("DateEquals", "aws:CurrentTime", "2026-01-31")),
    passes("a second", asking("DateEquals", "aws:CurrentTime", "2026-01-31T09:00:00.5+01:00")),
    passes("seconds, which another rule tells", asking("DateEquals", "aws:CurrentTime", 1.5)),
    passes("a variable", asking("DateEquals", "aws:CurrentTime", "${aws:TokenIssueTime}")),
    passes("a key of another type", asking("DateEquals", "aws:username", "me")),
    passes("another operator", asking("StringEquals", "company:key", "now")),
    passes("unknown", asking("DateEquals", "aws:CurrentTime", UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("DateEquals", "aws:CurrentTime", "now")) == (
        "`now` is no date; write it as in `2026-01-31` or `2026-01-31T09:00:00Z`"
    )
