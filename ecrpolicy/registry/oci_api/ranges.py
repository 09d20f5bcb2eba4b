"""Parts of content: which a client asks for, and which it sends."""

import re
from dataclasses import dataclass
from typing import Final

from ecrpolicy.registry.oci_api.errors import Problem

# Units know no case (RFC 9110, "Range Units").
_FLAGS: Final = re.ASCII | re.IGNORECASE
_BYTES: Final = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", _FLAGS)
_SENT: Final = re.compile(r"(?:bytes[ =])?(\d{1,19})-(\d{1,19})(?:/(?:\d{1,19}|\*))?", _FLAGS)


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes from `first` up to, and not including, `end`."""

    first: int
    end: int

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.end - self.first


def asked(header: str | None, size: int) -> Part | None:
    """The part that a `Range` asks for, None for all; raises Problem (416) where there is none.

    RFC 9110, "Range Requests": what cannot be understood is ignored, and so is a list of ranges.

    >>> asked("bytes=2-3", 10), asked("bytes=-4", 10), asked("bytes=7-", 10)
    (Part(first=2, end=4), Part(first=6, end=10), Part(first=7, end=10))
    """
    found = _BYTES.fullmatch(header.strip()) if header else None
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        part = Part(max(size - int(last), 0), size)
    elif last and int(last) < int(first):
        return None
    else:
        part = Part(int(first), min(int(last) + 1, size) if last else size)
    if part.size <= 0:
        message = f"the content has {size} bytes"
        raise Problem(416, "SIZE_INVALID", message, {"Content-Range": f"bytes */{size}"})
    return part


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
