"""Where cases stand: in JSON, on a line of a file of many, or in YAML."""

from dataclasses import dataclass, replace
from typing import Any, Final

from ecrpolicy.document import Document, pointer
from ecrpolicy.document.location import tokens
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.lint.found import SourceText
from ecrpolicy.lint.nodes import Node, NodePlaces
from ecrpolicy.sources.iam_policies import Path, value_at
from ecrpolicy.testing.cases.case import InvalidCase

_RULE: Final = "invalid-case"


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """A document with cases, and where in its file it stands.

    `before` is how many lines of the file stand before the document. One that is YAML has no text
    of its own: its places are those of `node`.
    """

    held: Document
    before: int = 0
    node: Node | None = None
    source: SourceText | None = None

    def locate(self, path: Path, offset: int | None = None) -> Location:
        """The place of a value, or of a character of a string."""
        place = pointer(*path)
        if self.node is not None and self.source is not None:
            span = NodePlaces(self.node).span(path, offset=offset)
            return Location(self.held.file, *self.source.line_and_column(span.start), place)
        found = self.held.locate(place)
        line = None if found.line is None else found.line + self.before
        column = found.column
        if offset is not None and column is not None and self._is_plain(place, offset):
            column += 1 + offset
        return Location(found.file, line, column, place)

    def _is_plain(self, place: str, offset: int) -> bool:
        """Whether a string stands in the text as it is up to an offset, without escapes."""
        if not self.held.has_text:
            return False
        start = self.held.offset(place) + 1
        return "\\" not in self.held.text[start : start + offset]

    def placed(self, finding: Finding) -> Finding:
        """A finding about the document, with its line in the file."""
        location = finding.location
        if location.file != self.held.file:
            return finding
        if location.line is None:
            return replace(finding, location=self.locate(self.path_of(location.pointer)))
        return replace(finding, location=replace(location, line=location.line + self.before))

    def path_of(self, place: str) -> Path:
        """The path of a pointer, with numbers for the elements of lists."""
        path: Path = ()
        for token in tokens(place):
            is_number = isinstance(value_at(self.held.value, path), list) and token.isdecimal()
            path = (*path, int(token) if is_number else token)
        return path


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A part of a document with cases."""

    origin: Origin
    path: Path = ()

    @property
    def value(self) -> Any:
        """What stands there, None where nothing does."""
        return value_at(self.origin.held.value, self.path)

    @property
    def file(self) -> str | None:
        """The file in which it stands."""
        return self.origin.held.file

    @property
    def location(self) -> Location:
        """Where that is."""
        return self.origin.locate(self.path)

    def below(self, *path: str | int) -> "Place":
        """A part of this part."""
        return Place(self.origin, (*self.path, *path))

    def at(self, place: str) -> "Place":
        """The part that a JSON pointer leads to from here."""
        whole = pointer(*self.path) + place
        return Place(self.origin, self.origin.path_of(whole))

    def finding(
        self, message: str, advice: str | None = None, *, offset: int | None = None
    ) -> Finding:
        """A complaint about what stands here, or about a character of that string."""
        place = self.origin.locate(self.path, offset)
        return Finding(_RULE, Severity.ERROR, message, place, advice)

    def refusal(
        self, message: str, advice: str | None = None, *, offset: int | None = None
    ) -> InvalidCase:
        """The same to be raised."""
        return InvalidCase([self.finding(message, advice, offset=offset)])

    def moved(self, error: EcrPolicyError) -> InvalidCase:
        """Complaints about what stands here, with their places in the file."""
        findings = [
            replace(each, location=self.at(each.location.pointer).location)
            for each in error.findings
        ]
        return InvalidCase(findings, error.left_out)


def placed(origin: Origin, error: EcrPolicyError) -> InvalidCase:
    """Complaints about a document, with their lines in the file."""
    return InvalidCase(list(map(origin.placed, error.findings)), error.left_out)
