"""What shall not go, and what goes all the same.

`in-use`: no image in use goes. `tag=PATTERN`: no image with a tag that meets the pattern goes.
`count=N`: at most so many images go. `bytes=N`: at most so many bytes go. To go is to expire or
to be archived.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from ecrpolicy.lifecycle.in_use import InUse
from ecrpolicy.snapshot import Image
from ecrpolicy.wildcard import TagPattern
from ecrpolicy.wording import count, size

_MAX_DIGITS: Final = 18


class ExpectationKind(StrEnum):
    """What an expectation looks at."""

    IN_USE = "in-use"
    TAG = "tag"
    COUNT = "count"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What shall not go: `pattern` is that of `tag`, `most` the number of `count` and `bytes`."""

    kind: ExpectationKind
    pattern: str = ""
    most: int = 0

    @classmethod
    def read(cls, text: str) -> "Expectation":
        """The expectation of a word, such as `tag=prod-*`. Raises ValueError where it is none.

        >>> Expectation.read("count=10").most
        10
        """
        name, equals, value = text.partition("=")
        if name == ExpectationKind.IN_USE and not equals:
            return IN_USE
        if name == ExpectationKind.TAG and value:
            return cls(ExpectationKind.TAG, pattern=value)
        is_number = value.isascii() and value.isdecimal() and len(value) <= _MAX_DIGITS
        if name in (ExpectationKind.COUNT, ExpectationKind.BYTES) and is_number:
            return cls(ExpectationKind(name), most=int(value))
        raise ValueError(
            f"`{text}` is no expectation; write `in-use`, `tag=PATTERN`, `count=N` or `bytes=N`"
        )

    def __str__(self) -> str:
        match self.kind:
            case ExpectationKind.IN_USE:
                return self.kind.value
            case ExpectationKind.TAG:
                return f"{self.kind}={self.pattern}"
            case _:
                return f"{self.kind}={self.most}"


IN_USE: Final = Expectation(ExpectationKind.IN_USE)


@dataclass(frozen=True, slots=True)
class Unmet:
    """An expectation that is not met, in a line, and the images that go against it."""

    expectation: Expectation
    message: str
    images: tuple[Image, ...] = field(repr=False)

    def to_json(self) -> dict[str, Any]:
        """What is not met as plain JSON values."""
        return {
            "expectation": str(self.expectation),
            "message": self.message,
            "images": [image.digest for image in self.images],
        }


def unmet(
    expectations: Sequence[Expectation], gone: Sequence[Image], in_use: InUse | None
) -> Iterator[Unmet]:
    """The expectations that some images go against."""
    uses: Mapping[str, object] = in_use.uses if in_use else {}
    total = sum(image.size_bytes for image in gone)
    for each in expectations:
        against, message = tuple(gone), ""
        match each.kind:
            case ExpectationKind.IN_USE:
                against = tuple(image for image in gone if image.digest in uses)
                if against:
                    message = f"{_go(against)} although in use"
            case ExpectationKind.TAG:
                matches = TagPattern.compile(each.pattern).matches
                against = tuple(image for image in gone if any(map(matches, image.tags)))
                if against:
                    message = f"{_go(against)} with a tag that meets `{each.pattern}`"
            case ExpectationKind.COUNT if len(gone) > each.most:
                message = f"{_go(gone)}, more than {each.most:,}"
            case ExpectationKind.BYTES if total > each.most:
                message = f"{total:,} bytes ({size(total)}) go, more than {each.most:,}"
        if message:
            yield Unmet(each, message, against)


def _go(images: Sequence[Image]) -> str:
    return f"{count(len(images), 'image')} {'goes' if len(images) == 1 else 'go'}"
