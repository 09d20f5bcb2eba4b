"""Where the documents of a registry, and the objects of its listings, stand in files."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from ecrpolicy.document.location import locate, offset, tokens
from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.sources.files import Source, most_findings, text_of

_T = TypeVar("_T")

_DECODER: Final = json.JSONDecoder(parse_int=float)


class Place(NamedTuple):
    """Where a document stands in a source."""

    source: Source
    start: int

    def at(self, pointer: str, *, key: bool = False) -> Location:
        """The place of a member, or with `key` of its name."""
        text = text_of(self.source)
        return locate(text, pointer, file=self.source.file, start=self.start, key=key)

    def written(self, pointer: str) -> str:
        """The JSON text of a member, as it stands there."""
        text = text_of(self.source)
        start = offset(text, tokens(pointer), self.start)
        _, end = _DECODER.raw_decode(text, start)
        return text[start:end]


class Entry(NamedTuple, Generic[_T]):
    """One object of a listing, which may come in pages, and where it stands."""

    value: _T
    place: Place
    listing: str
    number: int

    def pointer(self, rest: str = "") -> str:
        """The pointer of something in it, in its own document."""
        return f"{self.listing}/{self.number}{rest}"


def entries(values: Iterable[_T], place: Place, listing: str) -> Iterator[Entry[_T]]:
    """The objects of one page of a listing."""
    return (Entry(value, place, listing, number) for number, value in enumerate(values))


class Complaint(NamedTuple):
    """What keeps documents from telling of a registry; the line is looked up if that is told."""

    place: Place | None
    pointer: str
    message: str
    advice: str | None = None


def invalid(complaints: Sequence[Complaint], left_out: int = 0) -> InvalidSnapshot:
    """The complaints as an error: the first ones with their places, the others as a number."""
    told = complaints[: most_told(each.place for each in complaints)]
    findings = [
        Finding("invalid-snapshot", Severity.ERROR, message, _location(place, pointer), advice)
        for place, pointer, message, advice in told
    ]
    return InvalidSnapshot(findings, left_out + len(complaints) - len(told))


def most_told(places: Iterable[Place | None]) -> int:
    """Of how many findings the places are looked up, which takes long in a large text."""
    sizes = (len(each.source.content) for each in places if each is not None)
    return most_findings(max(sizes, default=0))


def _location(place: Place | None, pointer: str) -> Location:
    return Location(pointer=pointer) if place is None else place.at(pointer)
