"""The report of a forecast."""

from collections.abc import Iterator, Sequence

from ecrpolicy.lifecycle import Departure, Forecast
from ecrpolicy.lifecycle.costs import Costs
from ecrpolicy.render import forecast_words
from ecrpolicy.render.headings import repository_heading
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.render.report.besides import Besides
from ecrpolicy.render.report.fates import fates_of
from ecrpolicy.render.report.model import Curve, Fact, Fate, Point, Report, Row
from ecrpolicy.render.report.page import page
from ecrpolicy.snapshot import Image
from ecrpolicy.wording import size

# Each day on which something goes is evaluated anew to explain it.
_MAX_EXPLAINED_DAYS = 120


def forecast(
    forecast: Forecast,
    firsts: Sequence[str] = (),
    guard: Guard | None = None,
    costs: Costs | None = None,
) -> str:
    """The page of a forecast: on which day each image goes, what is kept, and why."""
    return page(report(forecast, firsts, guard, costs))


def report(
    forecast: Forecast,
    firsts: Sequence[str] = (),
    guard: Guard | None = None,
    costs: Costs | None = None,
) -> Report:
    """What the page of a forecast shows; `firsts` say when the first of some tags goes."""
    besides = Besides(guard, costs)
    rules = forecast.policy.by_priority
    heading = repository_heading(forecast.repository, forecast.now)
    numbers = {rule.rule_priority: number for number, rule in enumerate(rules)}
    return Report(
        title=f"{forecast.repository.name}: what the lifecycle policy will take",
        subtitle=f"{heading}; {forecast_words.span(forecast)}",
        facts=[*_facts(forecast), *besides.facts()],
        fates=[*fates_of(rules), Fate("stays to the end", goes=False)],
        rows=list(_rows(forecast, numbers, besides)),
        curve=Curve(
            [Point(forecast.at(kept.day), kept.images, kept.bytes) for kept in forecast.kept],
            "What is kept after the run of each day.",
        ),
        notes=[*besides.alarms(), *firsts, *_notes(forecast), *besides.notes()],
        now=forecast.now,
    )


def _facts(forecast: Forecast) -> Iterator[Fact]:
    last = forecast.kept[-1]
    yield Fact("images today", f"{len(forecast.repository.images):,}")
    yield Fact("bytes today", size(sum(each.size_bytes for each in forecast.repository.images)))
    yield Fact("pushed meanwhile", f"{len(forecast.pushes):,}")
    yield Fact("departures", f"{len(forecast.departures):,}")
    yield Fact(f"kept on day {last.day}", f"{last.images:,} ({size(last.bytes)})")


def _notes(forecast: Forecast) -> Iterator[str]:
    yield from forecast_words.pushes(forecast)
    if doubt := forecast_words.doubt(forecast):
        yield doubt
    if len(forecast.by_day) > _MAX_EXPLAINED_DAYS:
        yield f"explained are the departures of the first {_MAX_EXPLAINED_DAYS} days with any"


def _rows(forecast: Forecast, numbers: dict[int, int], besides: Besides) -> Iterator[Row]:
    """Every image with its first departure; one that is archived may have a second, as it says."""
    departures: dict[str, list[Departure]] = {}
    for departure in forecast.departures:
        departures.setdefault(departure.image.digest, []).append(departure)
    reasons = dict(_reasons(forecast))
    for image in (*forecast.repository.images, *forecast.pushes):
        found = departures.get(image.digest, [])
        told = [_told(forecast, each) for each in found] or ["stays to the end of the forecast"]
        why = "\n".join((*besides.told(image), *told, "", reasons.get(image.digest, ""))).rstrip()
        marks = (_new(forecast, image), besides.mark(image, goes=bool(found)))
        mark = ", ".join(filter(None, marks))
        if found:
            first = found[0]
            yield Row(image, numbers[first.rule_priority], forecast.at(first.day), why, mark)
        else:
            yield Row(image, len(numbers), None, why, mark)


def _new(forecast: Forecast, image: Image) -> str:
    """What marks an image that is taken to be pushed meanwhile."""
    return "(new)" if image.digest in forecast.first_runs else ""


def _told(forecast: Forecast, departure: Departure) -> str:
    what = forecast_words.tags(forecast, departure)
    when = forecast_words.date(forecast, departure.day)
    return f"day {departure.day}, {when}: rule {departure.rule_priority} takes {what}"


def _reasons(forecast: Forecast) -> Iterator[tuple[str, str]]:
    """The explanations: of what goes, by the run that takes it first; of what stays, by the last.

    A digest that comes a second time keeps what it was told first.
    """
    told: set[str] = set()
    for day in sorted(forecast.by_day)[:_MAX_EXPLAINED_DAYS]:
        preview = forecast.preview(day)
        for departure in forecast.by_day[day]:
            digest = departure.image.digest
            if digest not in told:
                told.add(digest)
                yield digest, preview.explain(digest).text()
    last = forecast.preview(forecast.days)
    for image in forecast.staying:
        if forecast.first_runs.get(image.digest, 0) <= forecast.days:
            yield image.digest, last.explain(image.digest).text()
