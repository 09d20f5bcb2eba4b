"""Previews as markdown, for pull requests and wikis."""

from collections.abc import Iterator, Sequence
from typing import Final

from ecrpolicy.lifecycle import Explanation, Preview, Result
from ecrpolicy.lifecycle.describe import describe
from ecrpolicy.lifecycle.ranking import pushed_time
from ecrpolicy.render.headings import by_rule, heading, reasons, rule_heading, tags, totals
from ecrpolicy.wording import duration, printable, shortened, size

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


def preview(preview: Preview, explanations: Sequence[Explanation]) -> str:
    """What goes, rule by rule; the totals; what stays and why; what is open to doubt."""
    return "\n".join(_lines(preview, explanations)) + "\n"


def _lines(preview: Preview, explanations: Sequence[Explanation]) -> Iterator[str]:
    yield f"**{escaped(heading(preview))}**"
    for rule, results in by_rule(preview):
        yield ""
        yield f"### {escaped(rule_heading(rule, results))}"
        yield ""
        yield escaped(describe(rule))
        yield ""
        yield "| tags | digest | age | size |"
        yield "|---|---|--:|--:|"
        yield from (_row(preview, result) for result in results)
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


def _row(preview: Preview, result: Result) -> str:
    image = result.image
    cells = (
        escaped(tags(result)),
        f"`{escaped(shortened(image.digest))}`",
        duration(preview.now - pushed_time(image)),
        size(image.size_bytes),
    )
    return f"| {' | '.join(cells)} |"
