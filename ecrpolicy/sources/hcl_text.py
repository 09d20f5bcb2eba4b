"""The text of HCL: where its blocks, strings, heredocs and comments stand.

Strings and heredocs are templates, in which expressions stand that may hold templates again.
HCL Native Syntax Specification, "Lexical Elements", "Template Sub-language".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ecrpolicy.lint.expressions import Segment
from ecrpolicy.lint.found import Span

MAX_DEPTH: Final = 100

_HEREDOC: Final = r"<<(?P<flush>-?)(?P<marker>[^\W\d][\w-]*)\r?\n"
_IN_CODE: Final = re.compile(rf'["{{}}()\[\]\n#]|//|/\*|{_HEREDOC}')
_IN_STRING: Final = re.compile(r'\\.|\$\$\{|%%\{|[$%]\{|["\n]', re.DOTALL)
_HEAD_OF_HEREDOC: Final = re.compile(_HEREDOC)
_FOR: Final = re.compile(r"\s*for\s")
_NO_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_BLANK: Final = re.compile(r"\s*")

_CLOSES: Final = {"(": ")", "[": "]", "{": "}", "${": "}", "%{": "}"}

_ESCAPE: Final = re.compile(
    r"\\u(?P<short>[0-9A-Fa-f]{4})|\\U(?P<long>[0-9A-Fa-f]{8})|\\(?P<letter>[nrt\"\\])"
)
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class NotHcl(Exception):
    """A text is not HCL: why, and at which offset."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class RawBlock(NamedTuple):
    """A block that stands in no other: where it begins, where its body is, where it ends."""

    start: int
    opened: int
    end: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text without what strings, heredocs and comments say; every offset is that of the text.

    A string is `"___"`, and so is a heredoc; comments are spaces, and so are the ends of lines
    that mean nothing, within brackets.
    """

    text: str
    blocks: tuple[RawBlock, ...]


def skeleton(text: str) -> Skeleton:
    """The skeleton of a text; raises NotHcl where something is not closed."""
    return _Scanner(text).scan()


def strings(text: str) -> list[Span]:
    """Where strings and heredocs stand; none where the text is no HCL.

    >>> strings('a = "b" # "c"')
    [Span(start=4, end=7)]
    """
    scanner = _Scanner(text)
    try:
        scanner.scan()
    except NotHcl:
        return []
    return [Span(start, end) for start, end, by in scanner.masks if by == '"']


class _Open(NamedTuple):
    """What has been opened: a bracket, an expression in a template, or a template."""

    what: str
    at: int
    ends: re.Pattern[str] = _IN_CODE


@dataclass(slots=True)
class _Scanner:
    """Goes through a text once; what is open is on a stack, the innermost last."""

    text: str
    masks: list[tuple[int, int, str]] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    blocks: list[RawBlock] = field(default_factory=list)
    templates: int = 0
    statement: int = 0

    def scan(self) -> Skeleton:
        at = 0
        while (found := self._pattern().search(self.text, at)) is not None:
            at = self._met(found)
        if self.opened:
            raise NotHcl(f"`{_shown(self.opened[-1].what)}` is not closed", self.opened[-1].at)
        return Skeleton(self._masked(), tuple(self.blocks))

    def _pattern(self) -> re.Pattern[str]:
        return self.opened[-1].ends if self.opened else _IN_CODE

    def _met(self, found: re.Match[str]) -> int:
        """Take note of what was met; the offset at which to go on."""
        inner = self.opened[-1].what if self.opened else ""
        if inner == '"' or inner.startswith("<<"):
            return self._in_template(found, inner)
        return self._in_code(found, inner)

    def _in_template(self, found: re.Match[str], inner: str) -> int:
        met, end = found.group(), found.end()
        if met in ("${", "%{"):
            self._open(_Open(met, found.start()))
        elif inner == '"' and met == '"':
            self._close_template(end)
        elif inner == '"' and met.endswith("\n"):
            raise NotHcl("the string is not closed on its line", self.opened[-1].at)
        elif inner.startswith("<<") and not met.endswith("{"):
            self._close_template(end)
        return end

    def _in_code(self, found: re.Match[str], inner: str) -> int:
        met, start, end = found.group(), found.start(), found.end()
        if met == '"':
            self._open(_Open('"', start, _IN_STRING))
        elif found["marker"]:
            self._open(_Open(met.rstrip(), start, _ends_of(found["marker"])))
            return end - 1
        elif met in "([{":
            is_loop = met == "{" and _FOR.match(self.text, end) is not None
            self._open(_Open("{for" if is_loop else met, start))
        elif met in ")]}":
            self._close(met, start, inner)
        elif met == "\n":
            if not self.opened:
                self.statement = end
            elif inner in ("(", "[", "{for", "${"):
                self._mask(start, end, " ")
        else:
            return self._comment(met, start)
        return end

    def _open(self, opened: _Open) -> None:
        if len(self.opened) >= MAX_DEPTH:
            raise NotHcl(f"the text is nested more than {MAX_DEPTH} deep", opened.at)
        self.opened.append(opened)
        self.templates += opened.what == '"' or opened.what.startswith("<<")

    def _close(self, met: str, at: int, inner: str) -> None:
        if _CLOSES.get(inner[:1] if inner == "{for" else inner) != met:
            raise NotHcl(f"`{met}` closes nothing", at)
        opened = self.opened.pop()
        if met == "}" and not self.opened:
            start = self.statement + len(_blank(self.text, self.statement))
            self.blocks.append(RawBlock(start, opened.at, at + 1))
            self.statement = at + 1

    def _close_template(self, end: int) -> None:
        opened = self.opened.pop()
        self.templates -= 1
        if not self.templates:
            self.masks.append((opened.at, end, '"'))

    def _comment(self, met: str, start: int) -> int:
        if met == "/*":
            end = self.text.find("*/", start + 2) + 2
            if end < 2:
                raise NotHcl("the comment is not closed", start)
        else:
            end = self.text.find("\n", start)
            end = len(self.text) if end < 0 else end
        self._mask(start, end, " ")
        return end

    def _mask(self, start: int, end: int, by: str) -> None:
        if not self.templates:
            self.masks.append((start, end, by))

    def _masked(self) -> str:
        made: list[str] = []
        at = 0
        for start, end, by in self.masks:
            made.append(_ascii(self.text[at:start]))
            size = end - start
            made.append(f'"{"_" * (size - 2)}"' if by == '"' else " " * size)
            at = end
        made.append(_ascii(self.text[at:]))
        return "".join(made)


def _ends_of(marker: str) -> re.Pattern[str]:
    """What is of interest in a heredoc: expressions, and the line that ends it."""
    ends = rf"(?<=\n)[^\S\n]*{re.escape(marker)}(?=[^\S\n]*(?:\n|\Z))"
    return re.compile(rf"\$\$\{{|%%\{{|[$%]\{{|{ends}")


def _shown(what: str) -> str:
    return "{" if what == "{for" else what


def _blank(text: str, at: int) -> str:
    found = _BLANK.match(text, at)
    return found.group() if found else ""


def _ascii(text: str) -> str:
    """A text with plain letters for all that names may have, and a space for a byte-order mark."""
    if text.isascii():
        return text
    return _NO_ASCII.sub(lambda found: _plain(found.group()), text)


def _plain(character: str) -> str:
    if character == "\ufeff":
        return " "
    return "x" if character.isalnum() else character


def template(text: str, span: Span) -> list[Segment] | None:
    r"""The parts of a string, or of a heredoc, that stands in a text; None for one with directives.

    >>> [part.text for part in template(r'"a\n$${b}"', Span(0, 10))]
    ['a', '\n', '${', 'b}']
    """
    head = _HEAD_OF_HEREDOC.match(text, span.start)
    if head is None:
        return _parts(text, span.start + 1, span.end - 1, is_quoted=True)
    end = text.rfind("\n", head.start(), span.end) + 1
    parts = _parts(text, head.end(), max(head.end(), end), is_quoted=False)
    return parts if parts is None or not head["flush"] else list(_flushed(parts))


_LITERAL: Final = re.compile(r"[^$%\\]+|[$%](?![$%{])")


def _parts(text: str, start: int, end: int, *, is_quoted: bool) -> list[Segment] | None:
    parts: list[Segment] = []
    at = begun = start
    while at < end:
        opened = text[at : at + 2]
        tripled = text[at : at + 3]
        if opened == "%{":
            return None
        if opened == "${":
            parts += _literal(text, begun, at)
            closed = _closed(text, at)
            parts.append(Segment("", at, closed, is_expression=True))
            at = begun = closed
        elif tripled in ("$${", "%%{"):
            parts += _literal(text, begun, at)
            parts.append(Segment(tripled[1:], at, at + 3))
            at = begun = at + 3
        elif is_quoted and opened[0] == "\\":
            parts += _literal(text, begun, at)
            escape = _ESCAPE.match(text, at)
            means, size = ("\\", 1) if escape is None else (_meant(escape), len(escape.group()))
            parts.append(Segment(means, at, at + size))
            at = begun = at + size
        else:
            found = _LITERAL.match(text, at, end)
            at = found.end() if found else at + 1
    return [*parts, *_literal(text, begun, end)]


def _literal(text: str, start: int, end: int) -> Iterator[Segment]:
    if start < end:
        yield Segment(text[start:end], start, end)


def _meant(escape: re.Match[str]) -> str:
    if escape["letter"]:
        return _LETTERS[escape["letter"]]
    code = int(escape["short"] or escape["long"], 16)
    return chr(code) if code < 0x110000 else "\ufffd"


def _closed(text: str, at: int) -> int:
    """Where the expression ends that begins at an offset; the text has a skeleton."""
    scanner = _Scanner(text)
    scanner.opened.append(_Open("${", at))
    at += 2
    while scanner.opened and (found := scanner._pattern().search(text, at)) is not None:
        at = scanner._met(found)
    return at


def _flushed(parts: list[Segment]) -> Iterator[Segment]:
    """What is left of a heredoc that loses its indentation: as much as every line has.

    Lines count as they are written, before anything is put into them; empty ones do not.
    """
    lines = list(_lines(parts))
    margin = min(
        (_margin(each) for each, begins in lines if begins and not _is_empty(each)), default=0
    )
    for part, begins in lines:
        if begins and margin and not _is_empty(part):
            part = Segment(part.text[margin:], part.start + margin, part.end)
        if part.start < part.end:
            yield part


def _lines(parts: list[Segment]) -> Iterator[tuple[Segment, bool]]:
    """The parts, line by line; of each, whether a line begins with it."""
    begins = True
    for part in parts:
        if part.is_expression or len(part.text) != part.end - part.start:
            yield part, begins
            begins = False
            continue
        for found in _LINE.finditer(part.text):
            start, end = found.span()
            yield Segment(found.group(), part.start + start, part.start + end), begins
            begins = found.group().endswith("\n")


def _margin(part: Segment) -> int:
    return 0 if part.is_expression else len(part.text) - len(part.text.lstrip())


def _is_empty(part: Segment) -> bool:
    """Whether it is an empty line."""
    return not part.is_expression and part.text.endswith("\n") and not part.text.strip()
