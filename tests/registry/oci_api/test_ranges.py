"""Ranges by RFC 9110, "Range Requests", and by the OCI Distribution Specification."""

import pytest

from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.oci_api.ranges import Part, asked, held, sent


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", Part(0, 1)),
        ("bytes=0-9", Part(0, 10)),
        ("bytes=0-99", Part(0, 10)),
        ("bytes=4-", Part(4, 10)),
        ("bytes=-3", Part(7, 10)),
        ("bytes=-30", Part(0, 10)),
        ("Bytes=0-1", Part(0, 2)),
        ("BYTES=-3", Part(7, 10)),
        # What cannot be understood is ignored, and all is sent.
        (None, None),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-4", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        ("byte\u017f=0-1", None),
        ("bytes=a-b", None),
        ("bytes=\u0661-\u0662", None),
        ("bytes=" + "9" * 20 + "-", None),
    ],
)
def test_the_part_that_is_asked_for(header: str | None, part: Part | None) -> None:
    assert asked(header, 10) == part


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0)])
def test_a_part_that_is_not_there(header: str, size: int) -> None:
    with pytest.raises(Problem) as raised:
        asked(header, size)
    assert raised.value.status == 416
    assert raised.value.headers == {"Content-Range": f"bytes */{size}"}


@pytest.mark.parametrize(
    ("header", "length", "first"),
    [
        (None, 5, None),
        ("0-4", 5, 0),
        ("5-9", 5, 5),
        ("5-9", None, 5),
        ("bytes 5-9/*", 5, 5),
        ("bytes=5-9", 5, 5),
        ("bytes 5-9/10", 5, 5),
        ("Bytes 5-9/10", 5, 5),
    ],
)
def test_where_a_chunk_begins(header: str | None, length: int | None, first: int | None) -> None:
    assert sent(header, length) == first


@pytest.mark.parametrize(
    ("header", "length", "status"),
    [("5", 5, 416), ("", 5, 416), ("-4", 5, 416), ("5-9", 4, 400), ("9-5", None, 400)],
)
def test_what_is_no_range_of_a_chunk(header: str, length: int | None, status: int) -> None:
    with pytest.raises(Problem) as raised:
        sent(header, length)
    assert raised.value.status == status


@pytest.mark.parametrize(("size", "text"), [(0, "0-0"), (1, "0-0"), (2, "0-1"), (100, "0-99")])
def test_how_much_an_upload_has(size: int, text: str) -> None:
    assert held(size) == text
