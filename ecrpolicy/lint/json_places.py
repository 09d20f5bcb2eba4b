"""Documents that are JSON texts: how they are read, where their parts stand, how they change."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, overload

from ecrpolicy import document
from ecrpolicy.document.location import offset_of
from ecrpolicy.document.parts import characters, runs, span_of
from ecrpolicy.errors import SyntaxProblem
from ecrpolicy.finding import Finding
from ecrpolicy.lint.edit import Edit, Path
from ecrpolicy.lint.found import (
    Change,
    Excerpt,
    Misread,
    Piece,
    PlacedDocument,
    Reading,
    SourceText,
    Span,
)
from ecrpolicy.lint.kind import Kind


@dataclass(frozen=True, slots=True)
class JsonPlaces:
    """The places of a document that is a JSON text; or with `root`, the value on that path of one.

    The text must be JSON.
    """

    excerpt: Excerpt
    root: Path = ()

    def span(self, path: Path, *, at_name: bool = False, offset: int | None = None) -> Span:
        """Where a value stands; see `Places`."""
        text = self.excerpt.text
        start, end = span_of(text, (*self.root, *path), at_name=at_name and bool(path))
        if offset is not None and text.startswith('"', start):
            for number, character in enumerate(characters(text, start, end)):
                if number == offset:
                    return self.excerpt.place(character.start, character.end)
        return self.excerpt.place(start, end)

    def changes(self, edits: Sequence[Edit]) -> tuple[Change, ...] | None:
        """The edits as changes of the file; see `Places`."""
        from ecrpolicy.lint import json_edits

        rooted = [replace(edit, path=(*self.root, *edit.path)) for edit in edits]
        return self.excerpt.changes(json_edits.changes(self.excerpt.text, rooted))


def read_json(
    excerpt: Excerpt,
    kind: Kind,
    *,
    name: str = "",
    scope: Literal["V1", "V2"] | None = None,
    anchors: tuple[int, ...] = (),
    made_of: Callable[[Any], Any] | None = None,
    why_kind: str | None = None,
) -> Reading:
    """The document that an excerpt is, or all that keeps it from being JSON.

    `made_of`: what the document's value is, made of the value of the text. Where the text has
    placeholders for expressions, it puts `UNKNOWN` there; then nobody knows what text is sent.
    """
    try:
        value = document.read(excerpt.text).value
    except SyntaxProblem as error:
        return Reading(
            misread=tuple(misread(excerpt, each, name, anchors) for each in error.findings)
        )
    made = PlacedDocument(
        excerpt.source,
        kind,
        value if made_of is None else made_of(value),
        JsonPlaces(excerpt),
        name,
        excerpt.text if made_of is None else None,
        scope,
        anchors,
        why_kind,
    )
    return Reading((made,))


def string_excerpt(source: SourceText, span: Span) -> Excerpt:
    r"""The text that a JSON string of the file means; the string stands there with its quotes.

    >>> source = SourceText("a.json", r'{"policyText": "{\"Version\": \"x\"}"}')
    >>> string_excerpt(source, Span(15, 37)).text
    '{"Version": "x"}'
    """
    text: str = json.loads(source.text[span.start : span.end])
    return Excerpt(source, text, _Pieces(source.text, span), _as_string)


@dataclass(frozen=True, eq=False)
class _Pieces(Sequence[Piece]):
    """The pieces of a string, which are looked for when somebody asks for one."""

    text: str
    span: Span

    @cached_property
    def all(self) -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        for run in runs(self.text, *self.span):
            pieces.append(Piece(at, at + len(run.means), run.start, run.end))
            at += len(run.means)
        inside = self.span.start + 1
        return pieces or [Piece(0, 0, inside, inside)]

    @overload
    def __getitem__(self, index: int) -> Piece: ...
    @overload
    def __getitem__(self, index: slice) -> list[Piece]: ...
    def __getitem__(self, index: int | slice) -> Piece | list[Piece]:
        return self.all[index]

    def __len__(self) -> int:
        return len(self.all)


def misread(
    excerpt: Excerpt, finding: Finding, name: str = "", anchors: tuple[int, ...] = ()
) -> Misread:
    """What keeps an excerpt from being JSON, from the finding that has its place there."""
    text, place = excerpt.text, finding.location
    start = offset_of(text, place.line or 1, place.column or 1)
    return Misread(
        excerpt.source,
        finding.rule,
        excerpt.place(start, start + 1 if start < len(text) else start),
        finding.message,
        finding.help,
        name,
        place.pointer,
        anchors,
    )


def _as_string(text: str) -> str:
    """A text as it is written within a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
