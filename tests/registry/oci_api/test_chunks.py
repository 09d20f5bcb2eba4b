"""Chunks by the OCI Distribution Specification, "Pushing a blob in chunks"."""

import pytest

from ecrpolicy.registry.oci_api.chunks import Chunk, held, sent
from ecrpolicy.registry.oci_api.errors import Problem


@pytest.mark.parametrize(
    ("header", "length", "chunk"),
    [
        (None, 5, Chunk(None, None)),
        ("0-4", 5, Chunk(0, 5)),
        ("5-9", 5, Chunk(5, 5)),
        ("5-9", None, Chunk(5, 5)),
        ("bytes 5-9/*", 5, Chunk(5, 5)),
        ("bytes=5-9", 5, Chunk(5, 5)),
        ("bytes 5-9/10", 5, Chunk(5, 5)),
        ("Bytes 5-9/10", 5, Chunk(5, 5)),
        ("7-7", None, Chunk(7, 1)),
    ],
)
def test_which_bytes_a_chunk_has(header: str | None, length: int | None, chunk: Chunk) -> None:
    assert sent(header, length) == chunk


@pytest.mark.parametrize(
    ("header", "length"),
    [("5", 5), ("", 5), ("-4", 5), ("5-9", 4), ("5-9", 6), ("5-9", 0), ("9-5", None)],
)
def test_what_is_no_range_of_a_chunk(header: str, length: int | None) -> None:
    with pytest.raises(Problem) as raised:
        sent(header, length)
    assert (raised.value.status, raised.value.code) == (416, "BLOB_UPLOAD_INVALID")


@pytest.mark.parametrize(("size", "text"), [(0, "0-0"), (1, "0-0"), (2, "0-1"), (100, "0-99")])
def test_how_much_an_upload_has(size: int, text: str) -> None:
    assert held(size) == text
