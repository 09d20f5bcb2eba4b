"""The settings of a registry for people at a terminal. Needs the extra `cli`."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from ecrpolicy.render import registry_words as words
from ecrpolicy.render.outline import folded
from ecrpolicy.render.registry_tables import Table, tables
from ecrpolicy.settings import Survey, regional_doubts, unknown
from ecrpolicy.wording import printable


def check(survey: Survey, console: Console, *, rows: int | None = None) -> None:
    """The repositories, the destinations, the quotas, what may not act, and what is not known.

    At most `rows` repositories are shown; how many are left out is said.
    """
    _lines(console, [words.heading(survey), words.summary(survey.settings)])
    for table in tables(survey, rows):
        console.print()
        _lines(console, [table.title] if table.title else [], style="bold")
        console.print(_drawn(table, console.width))
        _lines(console, table.notes)
    doubts = words.doubts(regional_doubts(survey.settings))
    for left_open in (doubts, words.unknown(unknown(survey.settings))):
        if left_open:
            console.print()
            _lines(console, left_open, style="yellow")


def _lines(console: Console, lines: Sequence[str], style: str = "") -> None:
    for line in lines:
        console.print(Text(folded(printable(line), console.width), style=style))


def _drawn(table: Table, width: int) -> RichTable:
    drawn = RichTable(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for number, column in enumerate(table.columns):
        drawn.add_column(
            column.name,
            justify="right" if column.is_number else "left",
            no_wrap=number > 0 and column.share is None,
            overflow="fold",
            max_width=None if column.share is None else width * column.share // 100,
        )
    for row in table.rows:
        drawn.add_row(*(Text(printable(cell), style=_style(cell)) for cell in row))
    return drawn


def _style(cell: str) -> str:
    """What asks for attention stands out, where there are colours."""
    if cell.endswith(("!", ", over", " denied")):
        return "red"
    return "yellow" if cell == words.UNKNOWN else ""
