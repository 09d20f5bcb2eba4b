"""Chunks of a blob that is pushed: which part of it a client sends, and how far it has come."""

import re
from typing import Final, NamedTuple

from ecrpolicy.registry.oci_api.errors import Problem

_SENT: Final = re.compile(
    r"(?:bytes[ =])?(\d{1,19})-(\d{1,19})(?:/(?:\d{1,19}|\*))?", re.ASCII | re.IGNORECASE
)


class Chunk(NamedTuple):
    """Where a chunk begins, and how long it is to be; None for what is not told."""

    first: int | None = None
    length: int | None = None


def sent(header: str | None, length: int | None) -> Chunk:
    """The chunk of a `Content-Range`, of which both ends are included; raises Problem.

    OCI Distribution Specification, "Pushing a blob in chunks". `length` is how much comes, None
    where that shows only when all has come.

    >>> sent("5-9", None)
    Chunk(first=5, length=5)
    """
    if header is None:
        return Chunk()
    found = _SENT.fullmatch(header.strip())
    if found is None:
        raise _invalid("is no range: write the first and the last byte, such as `0-99`")
    first, last = int(found[1]), int(found[2])
    chunk = Chunk(first, last + 1 - first)
    if last < first or length not in (None, chunk.length):
        raise _invalid("is not as long as the chunk")
    return chunk


def _invalid(what: str) -> Problem:
    return Problem(416, "BLOB_UPLOAD_INVALID", f"`Content-Range` {what}")


def held(size: int) -> str:
    """The `Range` of an upload that has so many bytes; an empty one says `0-0`.

    >>> held(10), held(0)
    ('0-9', '0-0')
    """
    return f"0-{max(size - 1, 0)}"
