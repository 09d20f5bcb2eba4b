"""Chunks by the OCI Distribution Specification, "Pushing a blob in chunks"."""

import pytest

from ecrpolicy.registry.oci_api.chunks import held, sent
from ecrpolicy.registry.oci_api.errors import Problem


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
