"""Previews, forecasts and comparisons as markdown, for pull requests and wikis."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple, TypeVar

from ecrpolicy.lifecycle import (
    Comparison,
    Departure,
    Explanation,
    Forecast,
    Kept,
    Preview,
    Result,
    Search,
    Turned,
)
from ecrpolicy.lifecycle.costs import Costs
from ecrpolicy.lifecycle.describe import describe
from ecrpolicy.lifecycle.ranking import pushed_time
from ecrpolicy.render import compare_words, cost_words, forecast_words, in_use_words
from ecrpolicy.render.headings import (
    by_rule,
    heading,
    reasons,
    repository_heading,
    rule_heading,
    tags,
    totals,
)
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.wording import count, duration, printable, shortened, size

_T = TypeVar("_T")

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
    preview: Preview,
    explanations: Sequence[Explanation],
    guard: Guard | None = None,
    costs: Costs | None = None,
    *,
    limit: int | None = COMMENT,
) -> str:
    """What goes, rule by rule; the totals; what stays and why; what is open to doubt.

    The text has fewer characters than `limit`; what is left out for that is said.
    """
    return fitted(
        lambda rows: _preview_lines(preview, explanations, _Besides(guard, costs), rows), limit
    )


def forecast(
    forecast: Forecast,
    firsts: Sequence[str],
    guard: Guard | None = None,
    costs: Costs | None = None,
    *,
    limit: int | None = COMMENT,
) -> str:
    """What goes on which day; what is kept over time; when the first of some tags goes."""
    return fitted(
        lambda rows: _forecast_lines(forecast, firsts, _Besides(guard, costs), rows), limit
    )


def comparison(
    comparison: Comparison | None,
    search: Search | None,
    guard: Guard | None = None,
    costs: Costs | None = None,
    *,
    limit: int | None = COMMENT,
) -> str:
    """What has changed in the rules; what goes otherwise, and why; whether policies can differ."""
    return fitted(
        lambda rows: _comparison_lines(comparison, search, _Besides(guard, costs), rows), limit
    )


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
    columns: Sequence[str],
    things: Sequence[_T],
    row: Callable[[_T], Sequence[str]],
    most: int | None,
    noun: str,
) -> Iterator[str]:
    """A table with a row for each thing, and how many rows are left out.

    A column that starts with `>` is flushed to the right.
    """
    names = [column.removeprefix(">") for column in columns]
    yield f"| {' | '.join(names)} |"
    yield f"|{'|'.join('--:' if column.startswith('>') else '---' for column in columns)}|"
    shown = things if most is None else things[:most]
    yield from (f"| {' | '.join(row(thing))} |" for thing in shown)
    if left_out := len(things) - len(shown):
        yield ""
        yield f"> **left out** {count(left_out, noun)}, to fit a comment"


class _Besides(NamedTuple):
    """What was asked for besides: what is in use and what goes all the same, and costs."""

    guard: Guard | None
    costs: Costs | None


def _besides_lines(besides: _Besides, most: int | None) -> Iterator[str]:
    """What goes all the same comes first of all, for it is what matters most."""
    guard, costs = besides
    if guard and guard.in_use:
        yield ""
        yield from map(_item, in_use_words.in_use(guard.in_use))
    if guard and guard.unmet:
        yield ""
        yield from map(_item, in_use_words.unmet(guard, most))
    if costs:
        yield ""
        yield from map(_item, cost_words.costs(costs))


def _item(line: str) -> str:
    """An item of a list, as deep as the line is indented."""
    text = line.lstrip(" ")
    return f"{' ' * (len(line) - len(text))}- {escaped(text)}"


def _preview_lines(
    preview: Preview,
    explanations: Sequence[Explanation],
    besides: _Besides,
    most: int | None,
) -> Iterator[str]:
    yield f"**{escaped(heading(preview))}**"
    yield from _besides_lines(besides, most)
    for rule, results in by_rule(preview):
        yield ""
        yield f"### {escaped(rule_heading(rule, results))}"
        yield ""
        yield escaped(describe(rule))
        yield ""
        row = partial(_row, preview)
        yield from table(("tags", "digest", ">age", ">size"), results, row, most, "image")
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


def _forecast_lines(
    forecast: Forecast, firsts: Sequence[str], besides: _Besides, most: int | None
) -> Iterator[str]:
    yield f"**{escaped(repository_heading(forecast.repository, forecast.now))}**"
    yield from _besides_lines(besides, most)
    yield ""
    yield f"- {escaped(forecast_words.span(forecast))}"
    first, *others = forecast_words.pushes(forecast)
    yield f"- {escaped(first)}"
    yield from map(_item, others)
    yield from (f"- {escaped(line)}" for line in (*forecast_words.totals(forecast), *firsts))
    yield ""
    milestones = list(forecast_words.milestones(forecast))
    columns: Sequence[str] = (">after day", "date", ">images", ">kept", ">of them archived")
    yield from table(columns, milestones, partial(_kept, forecast), None, "day")
    if doubt := forecast_words.doubt(forecast):
        yield ""
        yield f"> **warning** {escaped(doubt)}"
    if forecast.departures:
        yield ""
        columns = (">day", "date", ">rule", "tags", "digest", ">size")
        row = partial(_departure, forecast)
        yield from table(columns, forecast.departures, row, most, "departure")


def _comparison_lines(
    comparison: Comparison | None,
    search: Search | None,
    besides: _Besides,
    most: int | None,
) -> Iterator[str]:
    if comparison is not None:
        old = comparison.old
        yield f"**{escaped(repository_heading(old.repository, old.now))}**"
        yield from _besides_lines(besides, most)
        yield ""
        yield from (f"- {escaped(line)}" for line in compare_words.totals(comparison))
        yield ""
        yield from (f"- {escaped(line)}" for line in compare_words.changes(comparison))
        for said, turned in compare_words.groups(comparison):
            yield ""
            yield f"### {escaped(said)}"
            yield ""
            columns = ("tags", "digest", "old", "new", ">size")
            yield from table(columns, turned, _turned, most, "image")
        for warning in compare_words.warnings(comparison):
            yield ""
            yield f"> **warning** {escaped(warning)}"
    if search is not None:
        if comparison is not None:
            yield ""
        yield from map(_item, compare_words.search(search))


def _turned(each: Turned) -> tuple[str, ...]:
    return (
        escaped(compare_words.tags(each)),
        f"`{escaped(shortened(each.image.digest))}`",
        compare_words.fate(each.old),
        compare_words.fate(each.new),
        size(each.image.size_bytes),
    )


def _departure(forecast: Forecast, each: Departure) -> tuple[str, ...]:
    return (
        str(each.day),
        forecast_words.date(forecast, each.day),
        str(each.rule_priority),
        escaped(forecast_words.tags(forecast, each)),
        f"`{escaped(shortened(each.image.digest))}`",
        size(each.image.size_bytes),
    )


def _kept(forecast: Forecast, kept: Kept) -> tuple[str, ...]:
    return (
        str(kept.day),
        forecast_words.date(forecast, kept.day),
        f"{kept.images:,}",
        size(kept.bytes),
        size(kept.archived_bytes),
    )
