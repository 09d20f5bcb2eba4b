"""How times, sizes and other people's text are written for people."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import wording


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("v1.2-rc ä€😀", "v1.2-rc ä€😀"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\x00\x07\x1b[2J\x7f", r"\x00\x07\x1b[2J\x7f"),
        ("\x85\x9b\xa0\xad", r"\x85\x9b\xa0\xad"),
        ("\u200b\u202e\u2028\ufeff", r"\u200b\u202e\u2028\ufeff"),
        ("\ud800", r"\ud800"),
        ("\U000e0001", r"\U000e0001"),
        (r"\n", r"\n"),
    ],
)
def test_what_does_not_show_is_escaped(text: str, expected: str) -> None:
    assert wording.printable(text) == expected


@given(text=st.text(st.characters()))
def test_what_is_escaped_shows(text: str) -> None:
    assert wording.printable(text).isprintable()


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 B"),
        (1, "1 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1049, "1.0 kB"),
        (1051, "1.1 kB"),
        (999_900, "999.9 kB"),
        (999_960, "1.0 MB"),
        (52_428_800, "52.4 MB"),
        (10**9, "1.0 GB"),
        (10**12, "1.0 TB"),
        (10**15, "1.0 PB"),
        (10**18, "1.0 EB"),
        (10**22, "10000.0 EB"),
    ],
)
def test_a_size_is_written_in_decimal_units(count: int, expected: str) -> None:
    assert wording.size(count) == expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (timedelta(0), "0 s"),
        (timedelta(microseconds=999_999), "0 s"),
        (timedelta(seconds=1), "1 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=1, seconds=1), "1 min 1 s"),
        (timedelta(hours=1, seconds=59), "1 h"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 h 59 min"),
        (timedelta(days=1), "1 d"),
        (timedelta(days=1, minutes=59), "1 d"),
        (timedelta(days=29, hours=3, minutes=59), "29 d 3 h"),
        (timedelta(days=-1, hours=-2), "-1 d 2 h"),
        (timedelta(seconds=-1), "-1 s"),
        (timedelta.max, "999999999 d 23 h"),
    ],
)
def test_a_duration_is_written_in_its_two_largest_units(span: timedelta, expected: str) -> None:
    assert wording.duration(span) == expected


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (datetime(2026, 1, 31, tzinfo=UTC), "2026-01-31T00:00:00Z"),
        (datetime(2026, 1, 31, 1, 2, 3, 40, tzinfo=UTC), "2026-01-31T01:02:03.000040Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
    ],
)
def test_an_instant_is_written_in_utc(time: datetime, expected: str) -> None:
    assert wording.instant(time) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 images"), (1, "1 image"), (2, "2 images"), (100_000, "100,000 images")],
)
def test_a_number_is_written_with_its_noun(number: int, expected: str) -> None:
    assert wording.count(number, "image") == expected


def test_a_digest_is_shortened_to_twelve_digits() -> None:
    assert wording.shortened("sha256:" + "0123456789abcdef" * 4) == "sha256:0123456789ab"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0 repositories"),
        (1, "1 repository"),
        (2, "2 repositories"),
        (1200, "1,200 repositories"),
    ],
)
def test_repositories_are_counted(number: int, expected: str) -> None:
    assert wording.repositories(number) == expected
