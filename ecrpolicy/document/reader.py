"""A JSON text read into plain values, every one of which knows its place."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NoReturn

from ecrpolicy.document.location import line_and_column, locate, offset, tokens
from ecrpolicy.errors import SyntaxProblem
from ecrpolicy.finding import Finding, Location, Severity

# A text longer than this is no policy; its first syntax error is told, not every one.
_MAX_CHARACTERS_FOR_ALL_ERRORS: Final = 200_000

MAX_DEPTH: Final = 100

# A string that is not closed ends where the text does, so that nothing is gone through twice.
_BRACKETS_AND_STRINGS: Final = re.compile(r'"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?|[\[\]{}]')

_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON text and its value.

    `value` is what `json.loads` makes of the text; a place in it is named by its JSON pointer,
    and line and column are looked up when somebody asks. Without `has_text`, the value was given
    as it is, and has no lines.
    """

    text: str
    value: Any
    file: str | None = None
    has_text: bool = True

    def locate(self, pointer: str, *, key: bool = False) -> Location:
        """The place of a value, or with `key` of its member name."""
        if not self.has_text:
            return Location(self.file, pointer=pointer)
        return locate(self.text, pointer, key=key, file=self.file)

    def offset(self, pointer: str) -> int:
        """Where a value stands among the others: the offset in the text."""
        return offset(self.text, tokens(pointer))


def read(source: str | bytes | Mapping[str, Any], *, file: str | None = None) -> Document:
    r"""Read a JSON text, or take a value that has been read already.

    Raises SyntaxProblem with every syntax error and every duplicate member name.

    >>> document = read('{"rules": [\n  1]}')
    >>> document.value
    {'rules': [1]}
    >>> print(document.locate("/rules/0"))
    2:3
    """
    if not isinstance(source, str | bytes):
        return _taken(source, file)
    text = decode(source, file=file) if isinstance(source, bytes) else source
    if text.startswith(_BYTE_ORDER_MARK):
        raise _refusal(text, 0, "the text starts with a byte-order mark", "save it without", file)
    if (at := _too_deep_at(text)) is not None:
        message = f"the text is nested more than {MAX_DEPTH} deep"
        raise _refusal(text, at, message, "no policy is", file)
    try:
        return Document(text, _STRICT.decode(text), file)
    except _Repeated:
        # It may not be JSON besides, which is then told first.
        try:
            _TOLERANT.decode(text)
        except ValueError as error:
            raise _syntax_problem(text, error, file) from None
        raise _duplicates(text, file) from None
    except ValueError as error:
        raise _syntax_problem(text, error, file) from None


def decode(source: bytes, *, file: str | None = None) -> str:
    """UTF-8 text of the bytes of a file; raises SyntaxProblem where they are not UTF-8."""
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8")
        utf16 = source.startswith(_UTF16_MARKS)
        problem = "the text is UTF-16" if utf16 else "the text is not UTF-8"
        raise _refusal(before, len(before), problem, "save it as UTF-8", file) from None


def _taken(value: Any, file: str | None) -> Document:
    """A document of a value without a text of its own; its text is the shortest that it can have.

    The value is copied, so that nobody else changes it.
    """
    try:
        value = dict(value) if isinstance(value, Mapping) else value
        text = json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
        return Document(text, json.loads(text, parse_int=_integer), file, has_text=False)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"the value cannot be written as JSON: {error}"
        finding = Finding("json-syntax-error", Severity.ERROR, message, Location(file))
        raise SyntaxProblem([finding]) from None


def _constant(_: str) -> NoReturn:
    raise ValueError("JSON has no such number")


def _integer(digits: str) -> int | float:
    """Numbers of thousands of digits, which Python refuses to read as integers, become floats."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


class _Repeated(Exception):
    """A member stands twice in one object."""


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Repeated
    return made


_TOLERANT: Final = json.JSONDecoder(parse_constant=_constant, parse_int=_integer)
_STRICT: Final = json.JSONDecoder(
    object_pairs_hook=_members, parse_constant=_constant, parse_int=_integer
)


def _refusal(
    text: str, at: int, message: str, advice: str | None, file: str | None
) -> SyntaxProblem:
    return SyntaxProblem([_finding(text, at, message, advice, file)])


def _finding(text: str, at: int, message: str, advice: str | None, file: str | None) -> Finding:
    line, column = line_and_column(text, at)
    location = Location(file, line, column)
    return Finding("json-syntax-error", Severity.ERROR, message, location, advice)


def _syntax_problem(text: str, error: ValueError, file: str | None) -> SyntaxProblem:
    if not text.strip():
        return _refusal(text, 0, "the text is empty", "give a JSON document", file)
    if len(text) > _MAX_CHARACTERS_FOR_ALL_ERRORS:
        at, reason = 0, str(error)
        if isinstance(error, json.JSONDecodeError):
            at, reason = error.pos, error.msg.lower()
        return _refusal(text, at, f"the text is not JSON: {reason}", None, file)
    from ecrpolicy.document.syntax import problems

    return SyntaxProblem(
        [_finding(text, at, message, advice, file) for at, message, advice in problems(text)]
    )


def _duplicates(text: str, file: str | None) -> SyntaxProblem:
    from ecrpolicy.document.duplicates import duplicates
    from ecrpolicy.document.syntax import MAX_ERRORS

    findings = []
    for at, name, place in islice(duplicates(text), MAX_ERRORS):
        line, column = line_and_column(text, at)
        findings.append(
            Finding(
                "duplicate-key",
                Severity.ERROR,
                f"the member `{name}` stands twice in one object",
                Location(file, line, column, place),
                "delete one of the two",
            )
        )
    return SyntaxProblem(findings)


def _too_deep_at(text: str) -> int | None:
    """Where a bracket opens that is one too many, if there is one."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return None
    depth = 0
    for token in _BRACKETS_AND_STRINGS.finditer(text):
        if token.group() in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return token.start()
        elif token.group() in "]}":
            depth -= 1
    return None
