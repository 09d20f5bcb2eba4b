"""Parts of content that a client asks for."""

import re
from dataclasses import dataclass
from typing import Final

# Units know no case (RFC 9110, "Range Units").
_BYTES: Final = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes from `first` up to, and not including, `end`."""

    first: int
    end: int

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.end - self.first


class NoSuchPart(Exception):
    """A part is asked for that is not there; `content_range` tells how much there is."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the content has {size} bytes")
        self.content_range = f"bytes */{size}"


def asked(header: str | None, size: int) -> Part | None:
    """The part that a `Range` asks for, None for all; raises NoSuchPart where there is none.

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
        raise NoSuchPart(size)
    return part
