"""Documents where they stand: in a file of their own, or in a part of another file.

Whoever reads a format makes a `Reading` of a `SourceText`: every document in it as a
`PlacedDocument`, and what cannot be read as a `Misread`. Rules see the value alone; lines and
columns are looked up for findings that are shown, and texts are changed when somebody asks for it.
All places are offsets in the text of the file.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple, Protocol

from ecrpolicy.document.location import line_and_column
from ecrpolicy.lint.edit import Edit, Path
from ecrpolicy.lint.kind import Kind

# In a text that is no longer, lines are counted anew for each place.
_SHORT: Final = 20_000
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def _none(_: str) -> tuple["Span", ...]:
    return ()


@dataclass(frozen=True, eq=False)
class SourceText:
    """A file: its name, as it is shown, and its text, as it was read.

    `comment_marks` are what comments begin with that may hold `ecrpolicy: ignore[rule]`; a format
    without comments has none. `strings_of` finds in a text what stands in strings, where nothing
    is a comment; it is asked where something looks like one.
    """

    file: str
    text: str
    comment_marks: tuple[str, ...] = ()
    strings_of: Callable[[str], Iterable["Span"]] = field(default=_none, repr=False)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, from 1."""
        if len(self.text) <= _SHORT:
            return line_and_column(self.text, offset)
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """A line, without what ends it."""
        return self.lines[number - 1] if number <= len(self.lines) else ""

    @cached_property
    def lines(self) -> list[str]:
        r"""The lines; `\\n`, `\\r\\n` and a lone `\\r` end one, and nothing else does."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]


class Span(NamedTuple):
    """Where something stands: from an offset of the file's text up to another."""

    start: int
    end: int


class Change(NamedTuple):
    """Other text in place of that from an offset of the file's text up to another."""

    start: int
    end: int
    text: str


class Places(Protocol):
    """Where the parts of a document stand in its file, and how they are changed there."""

    def span(self, path: Path, *, at_name: bool = False, offset: int | None = None) -> Span:
        """Where a value stands; with `at_name` its name, with `offset` a character of a string.

        A path that leads nowhere is answered with the innermost value that exists.
        """

    def changes(self, edits: Sequence[Edit]) -> tuple[Change, ...] | None:
        """The edits as changes of the text; None where they cannot be made there."""


@dataclass(frozen=True, slots=True)
class Unchanging:
    """The places of a document in a file that somebody makes anew, and nobody mends."""

    places: Places

    def span(self, path: Path, *, at_name: bool = False, offset: int | None = None) -> Span:
        """Where a value stands; see `Places`."""
        return self.places.span(path, at_name=at_name, offset=offset)

    def changes(self, edits: Sequence[Edit]) -> tuple[Change, ...] | None:  # noqa: ARG002
        """None."""
        return None


@dataclass(frozen=True, eq=False)
class PlacedDocument:
    """A document, and where it stands.

    `value` is plain JSON in which `UNKNOWN` stands for what nobody knows yet. `name` says which
    document of the file it is (`aws_ecr_repository_policy.web`), empty where it is the only one;
    it must stay the same when lines are added before it. `text` is what would be sent to the
    service, None where that is not known. `anchors` are offsets on whose lines an inline ignore
    is about the whole document: the head of the resource, the name of the attribute. `why_kind`
    says how the kind was guessed, None where it is certain.
    """

    source: SourceText
    kind: Kind
    value: Any
    places: Places
    name: str = ""
    text: str | None = None
    scope: Literal["V1", "V2"] | None = None
    anchors: tuple[int, ...] = ()
    why_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Misread:
    """What keeps a document from being read, under the name of a rule of the family `syntax`."""

    source: SourceText
    rule: str
    span: Span
    message: str
    help: str | None = None
    name: str = ""
    pointer: str = ""
    anchors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in a file. Both empty: there is nothing to lint in it.

    `has_resources`: it holds resources that may have a document, even if none is known yet.
    """

    documents: tuple[PlacedDocument, ...] = ()
    misread: tuple[Misread, ...] = ()
    has_resources: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to be linted."""
        return not (self.documents or self.misread)

    @classmethod
    def joined(cls, readings: "Iterable[Reading]") -> "Reading":
        """All that several have."""
        readings = tuple(readings)
        if len(readings) == 1:
            return readings[0]
        documents: list[PlacedDocument] = []
        misread: list[Misread] = []
        for each in readings:
            documents += each.documents
            misread += each.misread
        return cls(tuple(documents), tuple(misread), any(each.has_resources for each in readings))


class Piece(NamedTuple):
    """A part of an excerpt's text, and where that stands in the file.

    Both are equally long where the text stands there as it is. They differ for an escape
    sequence, of which the text has what it means. `is_opaque`: what stands there cannot be
    changed, since it is an expression for which the text has something else.
    """

    start: int
    end: int
    file_start: int
    file_end: int
    is_opaque: bool = False


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, eq=False)
class Excerpt:
    """A JSON text that stands in a file: all of it, a part, or within a string of the format.

    `pieces` are in order and leave nothing of the text out; in the file there may be something
    between them, such as the indentation that a heredoc loses. `written` is how new text must be
    written there, None where nothing can be changed.
    """

    source: SourceText
    text: str
    pieces: Sequence[Piece]
    written: Callable[[str], str] | None = _as_it_is

    @classmethod
    def whole(cls, source: SourceText) -> "Excerpt":
        """The file as it is."""
        return cls.part(source, Span(0, len(source.text)))

    @classmethod
    def part(cls, source: SourceText, span: Span) -> "Excerpt":
        """A part of the file as it is."""
        piece = Piece(0, span.end - span.start, *span)
        return cls(source, source.text[span.start : span.end], (piece,))

    def place(self, start: int, end: int) -> Span:
        """Where a part of the text stands in the file."""
        if end <= start:
            at = self._start(start)
            return Span(at, at)
        return Span(self._start(start), self._end(end))

    def changes(self, changes: Iterable[Change]) -> tuple[Change, ...] | None:
        """Changes of the text as changes of the file; None where one of them cannot be made."""
        if self.written is None:
            return None
        made = []
        for change in changes:
            if any(
                piece.is_opaque and piece.start < change.end and change.start < piece.end
                for piece in self.pieces
            ):
                return None
            made.append(Change(*self.place(change.start, change.end), self.written(change.text)))
        return tuple(made)

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def _start(self, offset: int) -> int:
        """Where the character at an offset begins."""
        if not self.pieces:
            return 0
        piece = self.pieces[max(0, bisect_right(self._starts, offset) - 1)]
        return _within(piece, offset)

    def _end(self, offset: int) -> int:
        """Where the character before an offset ends."""
        piece = self.pieces[max(0, bisect_right(self._starts, offset - 1) - 1)]
        if piece.end - piece.start != piece.file_end - piece.file_start:
            return piece.file_end
        return _within(piece, offset)


def _within(piece: Piece, offset: int) -> int:
    if offset >= piece.end:
        return piece.file_end
    if piece.end - piece.start != piece.file_end - piece.file_start:
        return piece.file_start
    return piece.file_start + offset - piece.start
