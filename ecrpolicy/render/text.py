"""Previews for people at a terminal. Needs the extra `cli`."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ecrpolicy.lifecycle import (
    Comparison,
    Departure,
    Explanation,
    Forecast,
    Preview,
    Result,
    Search,
    Summary,
    Turned,
)
from ecrpolicy.lifecycle.costs import Costs
from ecrpolicy.lifecycle.describe import describe
from ecrpolicy.lifecycle.differences import Difference
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


def preview(
    preview: Preview,
    explanations: Sequence[Explanation],
    console: Console,
    *,
    rows: int | None = None,
) -> None:
    """What goes, rule by rule; the totals; what stays and why; what is open to doubt.

    At most `rows` images of a rule are shown, the oldest; how many are left out is said.
    """
    _line(console, heading(preview))
    for rule, results in by_rule(preview):
        console.print()
        _line(console, rule_heading(rule, results), style="bold")
        _line(console, f"  {describe(rule)}")
        console.print(_table(preview, results[:rows]))
        if left_out := len(results[rows:]) if rows else 0:
            _line(console, f"and {count(left_out, 'image')} more: `--all` shows them")
    console.print()
    summary(preview.summarise(), console)
    for warning in preview.warnings:
        advice = f"; {warning.help}" if warning.help else ""
        console.print()
        _line(console, f"warning: {warning.message}{advice}", style="yellow")
    for explanation in explanations:
        console.print()
        explained(explanation, console)


def summary(summary: Summary, console: Console) -> None:
    """The totals, and why what stays does."""
    for line in totals(summary):
        _line(console, line)
    for images, reason in reasons(summary):
        _line(console, f"  {images:>7,}  {reason}")


def group(name: str, group: Summary, console: Console) -> None:
    """What happens to the images with a tag that meets a pattern."""
    _line(console, f"images with a tag that meets `{name}`", style="bold")
    console.print(Text(group.text()))


def explained(explanation: Explanation, console: Console) -> None:
    """Why an image goes or stays; long lines are left to the terminal."""
    console.print(Text(explanation.text()), soft_wrap=True)


def differences(found: Sequence[Difference], preview: Preview, console: Console) -> None:
    """Where the service's own preview says something else."""
    if not found:
        _line(console, "the service's preview says the same of every image")
        return
    _line(console, f"the service's preview differs on {count(len(found), 'image')}", style="bold")
    for difference in found:
        ours = str(difference.ours or "stays") if difference.known else "not in the snapshot"
        theirs = difference.theirs or "stays"
        _line(console, f"{difference.digest}")
        _line(console, f"  here: {ours}; the service: {theirs}")
        if difference.known:
            answer = preview.explain(difference.digest).text().splitlines()[2:]
            console.print(Text("\n".join(f"  {line}" for line in answer)), soft_wrap=True)


def costs(found: Costs, console: Console) -> None:
    """What storage costs a month."""
    console.print()
    for line in cost_words.costs(found):
        _line(console, line)


def guard(guard: Guard, console: Console, *, rows: int | None = None) -> None:
    """What is in use, and what goes although it shall not."""
    if guard.in_use:
        console.print()
        for line in in_use_words.in_use(guard.in_use):
            _line(console, line)
    if guard.unmet:
        console.print()
        for line in in_use_words.unmet(guard, rows):
            _line(console, line, style="red")


def forecast(
    forecast: Forecast, firsts: Sequence[str], console: Console, *, rows: int | None = None
) -> None:
    """What goes on which day; what is kept over time; when the first of some tags goes.

    At most `rows` images are shown, the first to go; how many are left out is said.
    """
    _line(console, repository_heading(forecast.repository, forecast.now))
    _line(console, forecast_words.span(forecast))
    for line in forecast_words.pushes(forecast):
        _line(console, line)
    departures = forecast.departures
    if departures:
        console.print()
        console.print(_departures(forecast, departures[:rows]))
        if left_out := len(departures[rows:]) if rows else 0:
            _line(console, f"and {count(left_out, 'departure')} more: `--all` shows them")
    console.print()
    console.print(_kept(forecast))
    console.print()
    for line in (*forecast_words.totals(forecast), *firsts):
        _line(console, line)
    if doubt := forecast_words.doubt(forecast):
        console.print()
        _line(console, f"warning: {doubt}", style="yellow")


def comparison(comparison: Comparison, console: Console, *, rows: int | None = None) -> None:
    """What has changed in the rules; the images whose fate is another one, and why; totals.

    At most `rows` images of a group are shown, the oldest; how many are left out is said.
    """
    _line(console, repository_heading(comparison.old.repository, comparison.old.now))
    console.print()
    for line in compare_words.changes(comparison):
        _line(console, line)
    for said, turned in compare_words.groups(comparison):
        console.print()
        _line(console, said, style="bold")
        console.print(_turned(turned[:rows]))
        if left_out := len(turned[rows:]) if rows else 0:
            _line(console, f"and {count(left_out, 'image')} more: `--all` shows them")
    console.print()
    for line in compare_words.totals(comparison):
        _line(console, line)
    for warning in compare_words.warnings(comparison):
        console.print()
        _line(console, f"warning: {warning}", style="yellow")


def search(found: Search, console: Console) -> None:
    """Whether two policies can differ in any repository."""
    for line in compare_words.search(found):
        _line(console, line)


def _turned(turned: Sequence[Turned]) -> Table:
    table = _bare_table()
    table.add_column("tags", overflow="fold")
    for name in ("digest", "old", "new"):
        table.add_column(name, no_wrap=True)
    table.add_column("size", justify="right", no_wrap=True)
    for each in turned:
        table.add_row(
            Text(compare_words.tags(each)),
            Text(shortened(each.image.digest)),
            compare_words.fate(each.old),
            compare_words.fate(each.new),
            size(each.image.size_bytes),
        )
    return table


def _departures(forecast: Forecast, departures: Sequence[Departure]) -> Table:
    table = _bare_table()
    table.add_column("day", justify="right", no_wrap=True)
    table.add_column("date", no_wrap=True)
    table.add_column("rule", justify="right", no_wrap=True)
    table.add_column("tags", overflow="fold")
    table.add_column("digest", no_wrap=True)
    table.add_column("size", justify="right", no_wrap=True)
    for each in departures:
        table.add_row(
            str(each.day),
            forecast_words.date(forecast, each.day),
            str(each.rule_priority),
            Text(forecast_words.tags(forecast, each)),
            Text(shortened(each.image.digest)),
            size(each.image.size_bytes),
        )
    return table


def _kept(forecast: Forecast) -> Table:
    table = _bare_table()
    for name in ("after day", "date", "images", "kept", "of them archived"):
        table.add_column(name, justify="right", no_wrap=True)
    for kept in forecast_words.milestones(forecast):
        table.add_row(
            str(kept.day),
            forecast_words.date(forecast, kept.day),
            f"{kept.images:,}",
            size(kept.bytes),
            size(kept.archived_bytes),
        )
    return table


def _bare_table() -> Table:
    return Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(printable(text), style=style))


def _table(preview: Preview, results: Sequence[Result]) -> Table:
    table = _bare_table()
    table.add_column("tags", overflow="fold")
    table.add_column("digest", no_wrap=True)
    table.add_column("age", justify="right", no_wrap=True)
    table.add_column("size", justify="right", no_wrap=True)
    for result in results:
        image = result.image
        table.add_row(
            Text(tags(result)),
            Text(shortened(image.digest)),
            duration(preview.now - pushed_time(image)),
            size(image.size_bytes),
        )
    return table
