"""Chunks of a blob that is pushed: which part of it a client sends, and how far it has come."""

import re
from typing import Final

from ecrpolicy.registry.oci_api.errors import Problem

_SENT: Final = re.compile(r"(?:bytes[ =])?(\d{1,19})-(\d{1,19})(?:/(?:\d{1,19}|\*))?", re.ASCII)


def sent(header: str | None, length: int | None) -> int | None:
    """Where a chunk begins by its `Content-Range`, None where that is not told; raises Problem.

    OCI Distribution Specification, "Pushing a blob in chunks": both ends of it are included.
    `length` is the size of the chunk, None where it is not told beforehand.

    >>> sent("5-9", 5)
    5
    """
    if header is None:
        return None
    found = _SENT.fullmatch(header.strip())
    if found is None:
        message = "`Content-Range` is no range: write the first and the last byte, such as `0-99`"
        raise Problem(416, "BLOB_UPLOAD_INVALID", message)
    first, last = int(found[1]), int(found[2])
    if last < first or (length is not None and length != last + 1 - first):
        message = "`Content-Range` is not as long as the chunk"
        raise Problem(400, "SIZE_INVALID", message)
    return first


def held(size: int) -> str:
    """The `Range` of an upload that has so many bytes; an empty one says `0-0`.

    >>> held(10), held(0)
    ('0-9', '0-0')
    """
    return f"0-{max(size - 1, 0)}"
