"""What is said of a forecast, in every format for people."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.lifecycle import Action, Departure, Family, Forecast, Kept
from ecrpolicy.wording import count, instant, printable, shortened, size

# After which days it is told what is kept: often at first, then less so.
_MILESTONES: Final = (0, 1, 7, 14, 30, 60, 90, 180)
_YEAR: Final = 365


def span(forecast: Forecast) -> str:
    """How far a forecast looks ahead, and what it takes for granted."""
    until = instant(forecast.at(forecast.days))
    days = count(forecast.days, "day")
    return f"{days} ahead: a run every 24 hours, the last at {until}; nobody pulls, tags or deletes"


def pushes(forecast: Forecast) -> Iterator[str]:
    """What is taken to be pushed meanwhile, family by family."""
    rhythm = forecast.rhythm
    if rhythm is None:
        yield "nothing is pushed meanwhile" if not forecast.pushes else _pushed(forecast)
        return
    if not rhythm.families:
        yield "nothing is pushed meanwhile: no two tags of the snapshot differ in a number alone"
        return
    yield (
        f"{_pushed(forecast)}, shown as (new), in the rhythm of the snapshot, at random times; "
        f"seed {rhythm.seed}:"
    )
    yield from map(_family, rhythm.families)


def _pushed(forecast: Forecast) -> str:
    verb = "is" if len(forecast.pushes) == 1 else "are"
    return f"{count(len(forecast.pushes), 'image')} {verb} pushed meanwhile"


def _family(family: Family) -> str:
    name = f"like `{printable(family.name)}`" if family.name else "without a tag"
    images = count(len(family.members), "image")
    if family.telling < len(family.members):
        images = f"the newest {family.telling:,} of {images}"
    return f"  {name}: {family.per_day:.3g} a day, as {images} tell"


def tags(forecast: Forecast, departure: Departure) -> str:
    """The tags of an image that goes, and what is special about it."""
    shown = ", ".join(printable(tag) for tag in departure.image.tags) or "(no tag)"
    if departure.image.digest in forecast.first_runs:
        shown += " (new)"
    if departure.action is Action.TRANSITION:
        shown += " (to the archive)"
    if departure.cascade:
        shown += " (with its subject)"
    if departure.cannot_tell:
        shown += " (may be held)"
    return shown


def date(forecast: Forecast, day: int) -> str:
    """The date of the run of a day."""
    return forecast.at(day).date().isoformat()


def milestones(forecast: Forecast) -> Iterator[Kept]:
    """What is kept after some of the days; the last among them."""
    years = range(_YEAR, forecast.days, _YEAR)
    for day in (*_MILESTONES, *years):
        if day < forecast.days:
            yield forecast.kept[day]
    yield forecast.kept[forecast.days]


def totals(forecast: Forecast) -> Iterator[str]:
    """What goes and what stays, in a line each."""
    for action, verb in ((Action.EXPIRE, "expire"), (Action.TRANSITION, "move to the archive")):
        gone = [each.image for each in forecast.departures if each.action is action]
        if gone:
            total = size(sum(image.size_bytes for image in gone))
            yield f"{count(len(gone), 'image')} {_agreeing(verb, len(gone))}, {total}"
    staying = forecast.staying
    total = size(sum(image.size_bytes for image in staying))
    verb = _agreeing("stay", len(staying))
    yield f"{count(len(staying), 'image')} {verb} to the end, {total}"


def _agreeing(verb: str, number: int) -> str:
    first, *others = verb.split(" ")
    return " ".join((first + "s" if number == 1 else first, *others))


def first(forecast: Forecast, pattern: str) -> str:
    """When the first image with a tag that meets a pattern goes."""
    found = forecast.first(pattern)
    meets = f"with a tag that meets `{printable(pattern)}`"
    if forecast.pushes:
        meets = f"of the snapshot {meets}"
    if found is None:
        return f"no image {meets} goes within {count(forecast.days, 'day')}"
    return (
        f"the first image {meets} goes on day {found.day}, {date(forecast, found.day)}: "
        f"{tags(forecast, found)}, {shortened(found.image.digest)}, rule {found.rule_priority}"
    )


def doubt(forecast: Forecast) -> str | None:
    """A warning where nobody can tell whether what goes is held by an index."""
    doubtful = sum(each.cannot_tell for each in forecast.departures)
    if not doubtful:
        return None
    return (
        f"cannot tell whether {count(doubtful, 'image')} that would go are children of indexes "
        "whose manifests are not given: children stay while their index does; give the manifests, "
        "as `aws ecr batch-get-image` prints them"
    )
