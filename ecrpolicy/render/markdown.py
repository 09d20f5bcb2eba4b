"""Previews, forecasts and comparisons as markdown, for pull requests and wikis."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ecrpolicy.lifecycle import Comparison, Explanation, Forecast, Preview, Result, Search, Turned
from ecrpolicy.lifecycle.describe import describe
from ecrpolicy.lifecycle.ranking import pushed_time
from ecrpolicy.render import compare_words, forecast_words
from ecrpolicy.render.headings import (
    by_rule,
    heading,
    reasons,
    repository_heading,
    rule_heading,
    tags,
    totals,
)
from ecrpolicy.wording import count, duration, printable, shortened, size

COMMENT: Final = 65_536
"""A comment on GitHub has fewer characters than this."""

# Rows of each table, tried one after another until the text fits.
_ROWS: Final = (None, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0)

_ESCAPES: Final = str.maketrans(
    {character: f"\\{character}" for character in "\\`*_[]#|~@"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
)


def escaped(text: str) -> str:
    r"""Text that markdown shows as it is: no markup, no mention, on one line.

    >>> print(escaped("<b>|x"))
    &lt;b&gt;\|x
    """
    return printable(text).translate(_ESCAPES)


def preview(
    preview: Preview, explanations: Sequence[Explanation], *, limit: int | None = COMMENT
) -> str:
    """What goes, rule by rule; the totals; what stays and why; what is open to doubt.

    The text has fewer characters than `limit`; what is left out for that is said.
    """
    return fitted(lambda rows: _preview_lines(preview, explanations, rows), limit)


def forecast(forecast: Forecast, firsts: Sequence[str], *, limit: int | None = COMMENT) -> str:
    """What goes on which day; what is kept over time; when the first of some tags goes."""
    return fitted(lambda rows: _forecast_lines(forecast, firsts, rows), limit)


def comparison(
    comparison: Comparison | None, search: Search | None, *, limit: int | None = COMMENT
) -> str:
    """What has changed in the rules; what goes otherwise, and why; whether policies can differ."""
    return fitted(lambda rows: _comparison_lines(comparison, search, rows), limit)


def fitted(lines: Callable[[int | None], Iterator[str]], limit: int | None) -> str:
    """The longest text that has fewer characters than a limit, of tables with ever fewer rows."""
    text = ""
    for rows in _ROWS:
        text = "\n".join(lines(rows)) + "\n"
        if limit is None or len(text) < limit:
            return text
    return _cut(text, limit or 0)


def _cut(text: str, limit: int) -> str:
    """The paragraphs that there is room for. A block of code has no empty line in it."""
    kept: list[str] = []
    left_out = 0
    room = limit - len("\n\n> **left out** 9,999,999 paragraphs, to fit a comment\n")
    for paragraph in text.rstrip("\n").split("\n\n"):
        if len(paragraph) + 2 > room:
            left_out += 1
            continue
        room -= len(paragraph) + 2
        kept.append(paragraph)
    kept.append(f"> **left out** {count(left_out, 'paragraph')}, to fit a comment")
    return "\n\n".join(kept) + "\n"


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], most: int | None, noun: str
) -> Iterator[str]:
    """A table, and how many of its rows are left out; a column that starts with `>` is flushed."""
    names = [column.removeprefix(">") for column in columns]
    yield f"| {' | '.join(names)} |"
    yield f"|{'|'.join('--:' if column.startswith('>') else '---' for column in columns)}|"
    shown = rows if most is None else rows[:most]
    yield from (f"| {' | '.join(row)} |" for row in shown)
    if left_out := len(rows) - len(shown):
        yield ""
        yield f"> **left out** {count(left_out, noun)}, to fit a comment"


def _preview_lines(
    preview: Preview, explanations: Sequence[Explanation], most: int | None
) -> Iterator[str]:
    yield f"**{escaped(heading(preview))}**"
    for rule, results in by_rule(preview):
        yield ""
        yield f"### {escaped(rule_heading(rule, results))}"
        yield ""
        yield escaped(describe(rule))
        yield ""
        rows = [_row(preview, result) for result in results]
        yield from table(("tags", "digest", ">age", ">size"), rows, most, "image")
    summary = preview.summarise()
    yield ""
    yield from (f"- {escaped(line)}" for line in totals(summary))
    yield from (f"  - {images:,}: {escaped(reason)}" for images, reason in reasons(summary))
    for warning in preview.warnings:
        advice = f"; {warning.help}" if warning.help else ""
        yield ""
        yield f"> **warning** {escaped(warning.message + advice)}"
    for explanation in explanations:
        yield ""
        yield "```text"
        yield explanation.text().replace("```", "'''")
        yield "```"


def _row(preview: Preview, result: Result) -> tuple[str, ...]:
    image = result.image
    return (
        escaped(tags(result)),
        f"`{escaped(shortened(image.digest))}`",
        duration(preview.now - pushed_time(image)),
        size(image.size_bytes),
    )


def _forecast_lines(forecast: Forecast, firsts: Sequence[str], most: int | None) -> Iterator[str]:
    yield f"**{escaped(repository_heading(forecast.repository, forecast.now))}**"
    yield ""
    yield f"- {escaped(forecast_words.span(forecast))}"
    first, *others = forecast_words.pushes(forecast)
    yield f"- {escaped(first)}"
    yield from (f"  - {escaped(line.strip())}" for line in others)
    yield from (f"- {escaped(line)}" for line in (*forecast_words.totals(forecast), *firsts))
    yield ""
    yield from table(
        (">after day", "date", ">images", ">kept", ">of them archived"),
        [
            (
                str(kept.day),
                forecast_words.date(forecast, kept.day),
                f"{kept.images:,}",
                size(kept.bytes),
                size(kept.archived_bytes),
            )
            for kept in forecast_words.milestones(forecast)
        ],
        None,
        "day",
    )
    if doubt := forecast_words.doubt(forecast):
        yield ""
        yield f"> **warning** {escaped(doubt)}"
    if forecast.departures:
        yield ""
        columns = (">day", "date", ">rule", "tags", "digest", ">size")
        yield from table(columns, _departures(forecast), most, "departure")


def _comparison_lines(
    comparison: Comparison | None, search: Search | None, most: int | None
) -> Iterator[str]:
    if comparison is not None:
        old = comparison.old
        yield f"**{escaped(repository_heading(old.repository, old.now))}**"
        yield ""
        yield from (f"- {escaped(line)}" for line in compare_words.totals(comparison))
        yield ""
        yield from (f"- {escaped(line)}" for line in compare_words.changes(comparison))
        for said, turned in compare_words.groups(comparison):
            yield ""
            yield f"### {escaped(said)}"
            yield ""
            rows = list(map(_turned, turned))
            yield from table(("tags", "digest", "old", "new", ">size"), rows, most, "image")
    if search is not None:
        if comparison is not None:
            yield ""
        yield from (f"- {escaped(line.strip())}" for line in compare_words.search(search))


def _turned(each: Turned) -> tuple[str, ...]:
    return (
        escaped(compare_words.tags(each)),
        f"`{escaped(shortened(each.image.digest))}`",
        compare_words.fate(each.old),
        compare_words.fate(each.new),
        size(each.image.size_bytes),
    )


def _departures(forecast: Forecast) -> list[tuple[str, ...]]:
    return [
        (
            str(each.day),
            forecast_words.date(forecast, each.day),
            str(each.rule_priority),
            escaped(forecast_words.tags(forecast, each)),
            f"`{escaped(shortened(each.image.digest))}`",
            size(each.image.size_bytes),
        )
        for each in forecast.departures
    ]
