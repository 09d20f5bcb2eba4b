"""Condition values as numbers, dates, addresses and bytes."""

import pytest

from ecrpolicy.iam.values import address_of, bytes_of, date_of, network_of, number_of


@pytest.mark.parametrize(
    ("text", "same"), [("10", "10.0"), ("1e1", "10"), ("-.5", "-0.5"), ("+5.", "5"), ("0", "-0")]
)
def test_numbers_are_compared_by_value(text: str, same: str) -> None:
    assert number_of(text) == number_of(same) is not None


@pytest.mark.parametrize(
    "text", ["", "10abc", "0x1", "1_0", " 1", "1 ", ".", "e1", "NaN", "Infinity", "١", "1e9" * 9]
)
def test_what_is_no_number(text: str) -> None:
    assert number_of(text) is None


def test_a_number_beyond_all_measure_is_none() -> None:
    assert number_of("1e99999999999999999999") is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970", "0"),
        ("1970-01-02", "86400"),
        ("1970-01-01T00:01Z", "60"),
        ("1970-01-01T00:00:01.50Z", "1.5"),
        ("1970-01-01T01:00:00+01:00", "0"),
        ("1969-12-31T23:30:00-00:30", "0"),
        ("1969-12-31T23:59:59.5", "-0.5"),
        ("2020-01-01", "1577836800"),
        ("0000-01-01", "-62167219200"),
        ("9999-12-31T23:59:59Z", "253402300799"),
        ("99999999999999999999", "99999999999999999999"),
    ],
)
def test_dates_are_seconds_since_1970(text: str, seconds: str) -> None:
    assert date_of(text) == number_of(seconds)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2020-13-01",
        "2020-02-30",
        "2100-02-29",
        "99999-01-01",
        "99999-01-01T00:00:00Z",
        "2020-1-1",
        "2020-01-01 00:00:00",
        "2020-01-01T24:00:00Z",
        "2020-01-01T00:60:00Z",
        "2020-01-01T00:00:60Z",
        "2020-01-01T00:00:00+24:00",
        "2020-01-01T00:00:00+00:60",
        "2020-01-01T00:00:00.Z",
        "2020-01-01T00",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert date_of(text) is None


def test_a_long_fraction_is_exact() -> None:
    nines = "9" * 60
    assert date_of(f"1970-01-01T00:00:00.{nines}Z") == number_of(f"0.{nines}")


def test_addresses_are_compared_by_value() -> None:
    assert address_of("2001:DB8:0::1") == address_of("2001:db8::1") is not None
    assert address_of("::ffff:10.0.0.1") != address_of("10.0.0.1")


@pytest.mark.parametrize("text", ["", "x", "10.0.0.1/32", "fe80::1%eth0", "010.0.0.1", "10.0.1"])
def test_what_is_no_address(text: str) -> None:
    assert address_of(text) is None


def test_host_bits_are_passed_over() -> None:
    assert network_of("203.0.113.9/24") == network_of("203.0.113.0/24") is not None


@pytest.mark.parametrize(
    "text", ["", "office", "10.0.0.x/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/255.0.0.0", "::/x"]
)
def test_what_is_no_range(text: str) -> None:
    assert network_of(text) is None


def test_bytes_are_decoded() -> None:
    assert bytes_of("QUI=") == b"AB"
    assert bytes_of("QUI") is None
    assert bytes_of("é") is None
