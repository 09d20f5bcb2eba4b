"""What is wrong with a policy document, before lines and columns are looked up."""

import re
from typing import Final, NamedTuple

from ecrpolicy.document import Document, pointer
from ecrpolicy.finding import Finding, Location, Severity

# Looking up a place takes a walk through the text: a document of nothing but mistakes is told so
# often, and no more.
MAX_PROBLEMS: Final = 100

Path = tuple[str | int, ...]

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_CHARACTER: Final = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|.")


class Problem(NamedTuple):
    """One complaint and the path of what it is about.

    `at_name`: the place is the member's name. `offset`: where in a string value it is.
    """

    rule: str
    path: Path
    message: str
    help: str | None = None
    at_name: bool = False
    offset: int | None = None


def finding(problem: Problem, document: Document) -> Finding:
    """The complaint with its place in the text."""
    location = document.locate(pointer(*problem.path), key=problem.at_name)
    if problem.offset is not None:
        location = _inside(location, document.text, problem.offset)
    return Finding(problem.rule, Severity.ERROR, problem.message, location, problem.help)


def _inside(location: Location, text: str, offset: int) -> Location:
    """The place of a character of a string value, which may be written as an escape sequence."""
    if location.line is None or location.column is None:
        return location
    line = _LINE_END.split(text, location.line)[location.line - 1]
    start = location.column
    written = _CHARACTER.finditer(line, start)
    at = next((found.start() for number, found in enumerate(written) if number == offset), start)
    return Location(location.file, location.line, at + 1, location.pointer)
