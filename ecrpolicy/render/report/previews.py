"""The report of a preview."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.lifecycle import Action, Preview
from ecrpolicy.lifecycle.costs import Costs
from ecrpolicy.lifecycle.ranking import pushed_time
from ecrpolicy.render.headings import heading, totals
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.render.report.besides import Besides
from ecrpolicy.render.report.fates import fates_of
from ecrpolicy.render.report.model import Curve, Fact, Fate, Point, Report, Row
from ecrpolicy.render.report.page import page
from ecrpolicy.snapshot import Repository
from ecrpolicy.wording import size

_MOST_POINTS: Final = 400


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
    pushes = growth(preview.repository)
    if not pushes:
        return None
    note = "Today's images as they were pushed, and what the run leaves of them."
    return Curve([*pushes, left(preview)], note)


def growth(repository: Repository) -> list[Point]:
    """What was kept of today's images at each of their pushes, in points enough to draw."""
    points: list[Point] = []
    total = 0
    for number, image in enumerate(sorted(repository.images, key=pushed_time), start=1):
        total += image.size_bytes
        points.append(Point(pushed_time(image), number, total))
    step = -(-len(points) // _MOST_POINTS) or 1
    # The last is the highest, and must not be lost.
    return [*points[:-1:step], *points[-1:]]


def left(preview: Preview) -> Point:
    """What is kept after the run, in the archive too; not before the last image was pushed."""
    kept = [
        image
        for image in preview.repository.images
        if (result := preview.by_digest.get(image.digest)) is None
        or result.action is not Action.EXPIRE
    ]
    at = max(preview.now, *map(pushed_time, preview.repository.images))
    return Point(at, len(kept), sum(image.size_bytes for image in kept))
