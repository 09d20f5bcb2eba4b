"""The report of a comparison of two policies."""

from collections.abc import Iterator

from ecrpolicy.lifecycle import Comparison, Turn
from ecrpolicy.lifecycle.costs import Costs
from ecrpolicy.render import compare_words
from ecrpolicy.render.headings import repository_heading
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.render.report.besides import Besides
from ecrpolicy.render.report.model import Curve, Fact, Fate, Report, Row
from ecrpolicy.render.report.page import page
from ecrpolicy.render.report.previews import growth, left
from ecrpolicy.snapshot import Image
from ecrpolicy.wording import size

_SAME = "fares the same under both"


def comparison(
    comparison: Comparison, guard: Guard | None = None, costs: Costs | None = None
) -> str:
    """The page of a comparison: whose fate is another one, and which change of a rule did it."""
    return page(report(comparison, guard, costs))


def report(
    comparison: Comparison, guard: Guard | None = None, costs: Costs | None = None
) -> Report:
    """What the page of a comparison shows; what is in use is told by what the new policy does."""
    besides = Besides(guard, costs)
    repository = comparison.old.repository
    turns = list(Turn)
    numbers = {turn: number for number, turn in enumerate(turns)}
    return Report(
        title=f"{repository.name}: what the new lifecycle policy changes",
        subtitle=repository_heading(repository, comparison.old.now),
        facts=[*_facts(comparison), *besides.facts()],
        fates=[*(Fate(turn.value, goes=True) for turn in turns), Fate(_SAME, goes=False)],
        rows=[
            Row(
                image,
                numbers[turned.turn] if turned else len(turns),
                None,
                "\n".join((*besides.told(image), *_why(comparison, image))),
                besides.mark(image, goes=image.digest in comparison.new.by_digest),
            )
            for image in repository.images
            for turned in (comparison.by_digest.get(image.digest),)
        ],
        curve=_curve(comparison),
        notes=[
            *besides.alarms(),
            *compare_words.changes(comparison),
            *compare_words.warnings(comparison),
            *besides.notes(),
        ],
        now=comparison.old.now,
    )


def _curve(comparison: Comparison) -> Curve | None:
    """Today's images as they were pushed, and what each policy leaves of them."""
    pushes = growth(comparison.old.repository)
    if not pushes:
        return None
    note = "Today's images as they were pushed, and what a run of the new policy leaves of them."
    return Curve([*pushes, left(comparison.new)], note, left(comparison.old))


def _facts(comparison: Comparison) -> Iterator[Fact]:
    yield Fact("images", f"{len(comparison.old.repository.images):,}")
    for which, preview in (("old", comparison.old), ("new", comparison.new)):
        gone = [result.image.size_bytes for result in preview.results]
        yield Fact(f"go under the {which}", f"{len(gone):,} ({size(sum(gone))})")
    for turn in Turn:
        images = comparison.images(turn)
        if images:
            yield Fact(turn.value, f"{len(images):,} ({size(sum(i.size_bytes for i in images))})")


def _why(comparison: Comparison, image: Image) -> Iterator[str]:
    turned = comparison.by_digest.get(image.digest)
    if turned is not None:
        yield turned.turn.value
        for cause in turned.causes:
            yield f"  because {cause}"
        yield ""
    before, after = comparison.explain(image.digest)
    yield "under the old policy"
    yield from (f"  {line}" for line in before.text().splitlines())
    yield ""
    yield "under the new policy"
    yield from (f"  {line}" for line in after.text().splitlines())
