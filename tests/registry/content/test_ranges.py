"""Ranges by RFC 9110, "Range Requests"."""

import pytest

from ecrpolicy.registry.content.ranges import NoSuchPart, Part, asked


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
    with pytest.raises(NoSuchPart) as raised:
        asked(header, size)
    assert raised.value.content_range == f"bytes */{size}"
