"""A date in seconds."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.iam.values import date_of
from ecrpolicy.lint.edit import Replace
from tests.lint.tables import Case, allow, fixed, message, passes, problems, table, trips

RULE = "invalid-date-value"

KEY = "aws:CurrentTime"


def until(value: Any, operator: str = "DateLessThan", key: str = KEY) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


PLACE = f"/Statement/0/Condition/DateLessThan/{KEY}"


@table(
    trips("seconds", until("1798761600"), PLACE),
    trips("a number of JSON", until(1798761600), PLACE),
    trips("a year", until("2027"), PLACE),
    trips("milliseconds", until(["2027-01-01", "1798761600000"]), PLACE + "/1"),
    trips("a fraction", until("1.5"), PLACE),
    trips(
        "another operator",
        until("0", "DateNotEqualsIfExists"),
        f"/Statement/0/Condition/DateNotEqualsIfExists/{KEY}",
    ),
    trips("beside an unknown value", until([UNKNOWN, "2027"]), PLACE + "/1"),
    passes("dates", until(["2027-01-01", "2027-01", "2027-01-01T00:00:00+01:00"])),
    passes("no date, which another rule tells", until("tomorrow")),
    passes("a key that is in seconds", until("1798761600", key="aws:EpochTime")),
    passes("numbers", until("1798761600", "NumericLessThan")),
    passes("unknown", until(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, until("1798761600")) == (
        "`1798761600` is a date in seconds since 1970; write `2027-01-01T00:00:00Z`"
    )
    assert message(RULE, until("2027")) == (
        "`2027` may be a year, or seconds since 1970; write `2027-01-01` for the year"
    )
    assert message(RULE, until("1.5")) == (
        "`1.5` is a date in seconds since 1970; write it as in `2026-01-31T09:00:00Z`"
    )


def test_fix() -> None:
    assert fixed(RULE, until(["1798761600", 12345])) == until(
        ["2027-01-01T00:00:00Z", "1970-01-01T03:25:45Z"]
    )


@pytest.mark.parametrize("text", ["1798761600", "0", "253402300799", "12345", "86400.0"])
def test_the_date_is_the_same(text: str) -> None:
    [found] = problems(RULE, until(text))
    [edit] = found.fix
    assert isinstance(edit, Replace)
    assert date_of(edit.value) == date_of(text)


@pytest.mark.parametrize("text", ["2027", "-1", "1.5", "253402300800"])
def test_what_is_no_such_date_has_no_fix(text: str) -> None:
    [found] = problems(RULE, until(text))
    assert found.fix == ()
