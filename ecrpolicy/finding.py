"""A finding: one complaint, where it is, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from ecrpolicy.wording import printable


class Severity(StrEnum):
    """How much a finding matters, gravest first."""

    ERROR = "error"
    SECURITY_WARNING = "security-warning"
    WARNING = "warning"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a document: its JSON pointer and, where they were looked up, line and column.

    Lines and columns count from 1, columns in characters.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    pointer: str = ""

    def __str__(self) -> str:
        place = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        return ":".join(place) or self.pointer


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint about a policy or a snapshot.

    `service_text` is the text that Amazon ECR itself would answer with, where it is known;
    `images` are the digests that the finding is about, where it is about images.
    """

    rule: str
    severity: Severity
    message: str
    location: Location = Location()
    help: str | None = None
    service_text: str | None = None
    images: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line: place, message, help; what would steer a terminal is escaped."""
        place = str(self.location)
        pointer = self.location.pointer
        where = f"{place}: " if place else ""
        at = f" (at `{pointer}`)" if pointer and pointer != place else ""
        advice = f"; {self.help}" if self.help else ""
        return printable(f"{where}{self.message}{advice}{at}")
