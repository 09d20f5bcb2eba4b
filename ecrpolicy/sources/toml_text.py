"""TOML as plain JSON values."""

import json
import re
import tomllib
from typing import Any, Final

from ecrpolicy.document.location import line_and_column, offset_of
from ecrpolicy.errors import SyntaxProblem
from ecrpolicy.finding import Finding, Location, Severity

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def value(text: str, file: str | None) -> Any:
    """The value of a text, times as their text; raises SyntaxProblem with the place.

    >>> value("a = [1, 2]", None)
    {'a': [1, 2]}
    """
    try:
        return json.loads(json.dumps(tomllib.loads(text), default=str))
    except tomllib.TOMLDecodeError as error:
        raise SyntaxProblem([_finding(text, str(error), file)]) from None


def _finding(text: str, reason: str, file: str | None) -> Finding:
    found = _PLACE.search(reason)
    at = len(text)
    if found and found[1]:
        at = offset_of(text, int(found[1]), int(found[2]))
    message = f"the text is not TOML: {_PLACE.sub('', reason).lower()}"
    return Finding(
        "toml-syntax-error", Severity.ERROR, message, Location(file, *line_and_column(text, at))
    )
