"""Comments that silence rules: `# ecrpolicy: ignore[rule] why`.

One is about what stands on its line; alone on a line, about the next line that is more than a
comment. On a line that is an anchor of a document it is about all of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from ecrpolicy.lint.found import SourceText, Span

_MARKER: Final = "ecrpolicy:"
_NAME: Final = re.compile(r"[^\s,\]]+")


@dataclass(frozen=True, slots=True)
class Ignore:
    """What a comment silences: a rule or a family, where its name stands, and the line it is about.

    Without a name, the comment does not say which.
    """

    name: str | None
    span: Span
    line: int


def ignores_of(source: SourceText) -> tuple[Ignore, ...]:
    """The rules that the comments of a file silence.

    >>> source = SourceText("main.tf", "a = 1 # ecrpolicy: ignore[no-such-rule]", ("#",))
    >>> [(each.name, each.line) for each in ignores_of(source)]
    [('no-such-rule', 1)]
    """
    if not source.comment_marks or _MARKER not in source.text:
        return ()
    return tuple(_found(source))


def _found(source: SourceText) -> Iterator[Ignore]:
    strings = tuple(source.strings_of(source.text))
    for comment in _comments(source.comment_marks).finditer(source.text):
        if any(each.start < comment.start("mark") < each.end for each in strings):
            continue
        line, _ = source.line_and_column(comment.start("mark"))
        about = _line_about(source, line)
        names = (
            list(_NAME.finditer(source.text, *comment.span("names"))) if comment["names"] else ()
        )
        for name in names:
            yield Ignore(name.group(), Span(*name.span()), about)
        if not names:
            yield Ignore(None, Span(comment.start("mark"), comment.end()), about)


def _line_about(source: SourceText, line: int) -> int:
    """The line itself, or where it is nothing but a comment, the next one that is more."""
    if not _is_comment(source, line):
        return line
    while line < len(source.lines) and (_is_comment(source, line) or not source.line(line).strip()):
        line += 1
    return line


def _is_comment(source: SourceText, line: int) -> bool:
    return source.line(line).lstrip().startswith(source.comment_marks)


@cache
def _comments(marks: tuple[str, ...]) -> re.Pattern[str]:
    begins = "|".join(map(re.escape, marks))
    return re.compile(
        rf"(?:^|(?<=\s))(?P<mark>{begins})[ \t]*ecrpolicy:[ \t]*ignore\b"
        r"(?:[ \t]*\[(?P<names>[^\]\r\n]*)\])?",
        re.MULTILINE,
    )
