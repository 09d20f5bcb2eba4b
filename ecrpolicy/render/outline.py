"""Nested lines, two spaces a level, as text and as markdown."""

from collections.abc import Iterable, Iterator
from textwrap import fill
from typing import Final

from ecrpolicy.render.markdown import escaped
from ecrpolicy.wording import printable

INDENT: Final = "  "

Lines = Iterable[str]
"""Lines, each as deep as it has pairs of spaces before it."""


def nested(lines: Lines) -> Iterator[str]:
    """The lines one level deeper."""
    return (f"{INDENT}{line}" for line in lines)


def text(lines: Lines, width: int) -> str:
    """The lines for a terminal; what would steer it is escaped."""
    return "".join(f"{folded(printable(line), width)}\n" for line in lines)


def folded(line: str, width: int) -> str:
    """A line that is too long goes on deeper than it starts; its words stay whole.

    >>> print(folded("  all of it is said", 14))
      all of it is
        said
    """
    indent = len(line) - len(line.lstrip(" ")) + len(INDENT)
    return fill(
        line,
        width,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def markdown(lines: Lines) -> str:
    """The first line as a heading, the others as a nested list; nothing in them is markup.

    >>> print(markdown(["web", "scanning: off", "  no filter matches"]), end="")
    **web**
    <BLANKLINE>
    - scanning: off
      - no filter matches
    """
    head, *rest = lines
    return "\n".join([f"**{escaped(head)}**", "", *map(_item, rest)]) + "\n"


def _item(line: str) -> str:
    said = line.lstrip(" ")
    return f"{line[: len(line) - len(said)]}- {escaped(said)}"
