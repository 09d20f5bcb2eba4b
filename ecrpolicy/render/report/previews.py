"""The report of a preview."""

from collections.abc import Iterator, Sequence

from ecrpolicy.lifecycle import Preview
from ecrpolicy.lifecycle.costs import Costs
from ecrpolicy.lifecycle.ranking import pushed_time
from ecrpolicy.render.headings import heading, totals
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.render.report.besides import Besides
from ecrpolicy.render.report.fates import fates_of
from ecrpolicy.render.report.model import Curve, Fact, Fate, Point, Report, Row
from ecrpolicy.render.report.page import page
from ecrpolicy.wording import size


def preview(preview: Preview, guard: Guard | None = None, costs: Costs | None = None) -> str:
    """The page of a preview: what goes, what stays, and why."""
    return page(report(preview, guard, costs))


def report(preview: Preview, guard: Guard | None = None, costs: Costs | None = None) -> Report:
    """What the page of a preview shows."""
    besides = Besides(guard, costs)
    fates = fates_of(preview.policy.by_priority)
    numbers = {rule.rule_priority: number for number, rule in enumerate(preview.policy.by_priority)}
    stays = len(fates)
    rows = [
        Row(
            image,
            numbers[found.rule_priority] if found else stays,
            None,
            "\n".join((*besides.told(image), preview.explain(image.digest).text())),
            besides.mark(image, goes=found is not None),
        )
        for image in preview.repository.images
        for found in (preview.by_digest.get(image.digest),)
    ]
    return Report(
        title=f"{preview.repository.name}: what the lifecycle policy would take",
        subtitle=heading(preview),
        facts=[*_facts(preview), *besides.facts()],
        fates=[*fates, Fate("stays", goes=False)],
        rows=rows,
        curve=_curve(preview),
        notes=[*besides.alarms(), *notes(preview), *besides.notes()],
        now=preview.now,
    )


def _facts(preview: Preview) -> Iterator[Fact]:
    repository = preview.repository
    yield Fact("images", f"{len(repository.images):,}")
    yield Fact("bytes", size(sum(image.size_bytes for image in repository.images)))
    for line in totals(preview.summarise()):
        count, _, rest = line.partition(" image")
        yield Fact(rest.removeprefix("s").strip().partition(",")[0], f"{count}{_amount(rest)}")


def _amount(rest: str) -> str:
    """The bytes at the end of a total."""
    _, comma, amount = rest.rpartition(", ")
    return f" ({amount})" if comma else ""


def notes(preview: Preview) -> Iterator[str]:
    """The warnings of a preview, in a line each."""
    for warning in preview.warnings:
        yield warning.message + (f"; {warning.help}" if warning.help else "")


def _curve(preview: Preview) -> Curve | None:
    """What was kept of today's images at each of their pushes, and what is left after the run."""
    images = sorted(preview.repository.images, key=pushed_time)
    if not images:
        return None
    points: list[Point] = []
    total = 0
    for number, image in enumerate(images, start=1):
        total += image.size_bytes
        points.append(Point(pushed_time(image), number, total))
    summary = preview.summarise()
    points.append(Point(preview.now, summary.images(None), summary.bytes(None)))
    note = "Today's images as they were pushed, and what the run leaves of them."
    return Curve(_thinned(points), note)


def _thinned(points: Sequence[Point], most: int = 400) -> Sequence[Point]:
    """Points enough to draw; the first and the last among them."""
    step = -(-len(points) // most)
    return [*points[:-1:step], points[-1]]
