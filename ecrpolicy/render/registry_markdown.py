"""The settings of a registry as markdown, for pull requests and wikis."""

from collections.abc import Iterable, Iterator

from ecrpolicy.render import registry_words as words
from ecrpolicy.render.markdown import escaped
from ecrpolicy.render.registry_tables import Table, tables
from ecrpolicy.settings import Survey, regional_doubts, unknown


def check(survey: Survey, *, rows: int | None = None) -> str:
    """The repositories, the destinations, the quotas, what may not act, and what is not known."""
    return "\n".join(_lines(survey, rows)) + "\n"


def _lines(survey: Survey, rows: int | None) -> Iterator[str]:
    yield f"**{escaped(words.heading(survey))}**"
    yield ""
    yield escaped(words.summary(survey.settings))
    for table in tables(survey, rows):
        yield ""
        if table.title:
            yield f"### {escaped(table.title)}"
            yield ""
        yield from _table(table)
    doubts = words.doubts(regional_doubts(survey.settings))
    for left_open in (doubts, words.unknown(unknown(survey.settings))):
        if left_open:
            yield ""
            yield f"> **{escaped(left_open[0])}**"
            yield ">"
            yield from (f"> - {escaped(line.strip())}" for line in left_open[1:])


def _table(table: Table) -> Iterator[str]:
    yield _row(column.name for column in table.columns)
    yield f"|{'|'.join('--:' if column.is_number else '---' for column in table.columns)}|"
    yield from (_row(row) for row in table.rows)
    for note in table.notes:
        yield ""
        yield escaped(note)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"
