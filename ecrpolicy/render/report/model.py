"""What a report shows, as values that the page is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from ecrpolicy.snapshot import Image
from ecrpolicy.wording import printable


class Fact(NamedTuple):
    """A figure at the head of the page."""

    name: str
    value: str


class Fate(NamedTuple):
    """What can become of an image; images of one fate have one colour."""

    label: str
    goes: bool


class Row(NamedTuple):
    """An image, the number of its fate, when it goes where that is known, and why.

    `mark` stands beside the fate.
    """

    image: Image
    fate: int
    when: datetime | None
    why: str
    mark: str = ""


class Point(NamedTuple):
    """How much was, or will be, kept at a time."""

    at: datetime
    images: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Curve:
    """What is kept over time; `note` says what it takes for granted.

    `other` is how much is kept at the end under another policy, where there are two.
    """

    points: Sequence[Point]
    note: str
    other: Point | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A page: what it is about, its figures, and every image with its fate."""

    title: str
    subtitle: str
    facts: Sequence[Fact]
    fates: Sequence[Fate]
    rows: Sequence[Row]
    curve: Curve | None = None
    notes: Sequence[str] = ()
    now: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """What the script of the page reads; equal lines of explanations stand once."""
        lines: dict[str, int] = {}
        rows = [_row(row, lines) for row in self.rows]
        return {
            "now": None if self.now is None else _milliseconds(self.now),
            "fates": [[printable(fate.label), fate.goes] for fate in self.fates],
            "rows": rows,
            "lines": list(lines),
            "curve": None if self.curve is None else list(map(_point, self.curve.points)),
            "other": None
            if self.curve is None or self.curve.other is None
            else _point(self.curve.other),
        }


def _point(point: Point) -> list[int]:
    return [_milliseconds(point.at), point.images, point.bytes]


def _row(row: Row, lines: dict[str, int]) -> list[Any]:
    image = row.image
    return [
        image.digest,
        [printable(tag) for tag in image.tags],
        _milliseconds(image.pushed_at),
        image.size_bytes,
        row.fate,
        None if row.when is None else _milliseconds(row.when),
        [lines.setdefault(line, len(lines)) for line in _lines(row.why)],
        row.mark,
    ]


def _lines(text: str) -> list[str]:
    """The lines of an explanation; what others wrote neither breaks nor turns one."""
    return [printable(line) for line in text.split("\n")]


def _milliseconds(time: datetime) -> int:
    return round(time.timestamp() * 1000)
