"""`ecrpolicy forecast`: what a lifecycle policy will do with a repository over the next days."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from math import isfinite
from typing import Final

from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.expected import Expected, add_expectations, read_expected, tell
from ecrpolicy.cli.inputs import (
    ROWS,
    Inputs,
    add_format,
    add_policy_and_images,
    add_price,
    is_number,
    read_inputs,
    terminal,
)
from ecrpolicy.lifecycle import Forecast, Rhythm, forecast
from ecrpolicy.lifecycle.costs import of_forecast
from ecrpolicy.lifecycle.differences import Fate
from ecrpolicy.lifecycle.forecast import MAX_DAYS
from ecrpolicy.render import csv, forecast_words, json, markdown
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.snapshot import Image

_UNMET: Final = 1
_AUTO: Final = "auto"
_MOST_PUSHES: Final = 100_000


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_policy_and_images(parser)
    parser.add_argument(
        "--days", metavar="N", type=_days, default=90, help=f"1 to {MAX_DAYS}; default: 90"
    )
    parser.add_argument(
        "--pushes-per-day",
        metavar="N",
        type=_pushes,
        help="images are pushed meanwhile, so many a day in all, or with `auto` as many as the "
        "snapshot tells; default: none are",
    )
    parser.add_argument(
        "--seed", metavar="N", type=int, help="of what is random about pushes; default: 1"
    )
    parser.add_argument(
        "--first",
        metavar="PATTERN",
        type=_pattern,
        action="append",
        default=[],
        help="say when the first image goes that has a tag which meets a pattern, such as "
        "`prod-*`; may be repeated",
    )
    add_expectations(parser)
    add_price(parser)
    add_format(parser, what="departures")


@guarded
def run(arguments: Namespace) -> int:
    """Forecast what daily runs of a policy do."""
    if arguments.seed is not None and arguments.pushes_per_day is None:
        raise Unusable("`--seed` is about pushes: say how many with `--pushes-per-day`")
    inputs = read_inputs(arguments)
    expected = read_expected(arguments)
    found = _forecast(inputs, arguments)
    guard = None if expected.is_none else _guard(expected, found)
    _write(found, guard, inputs, arguments)
    return _UNMET if guard and guard.unmet else 0


def _guard(expected: Expected, found: Forecast) -> Guard:
    """Of the images of the snapshot, what goes; one that is archived and then expires goes once."""
    firsts = {each.image.digest: each for each in reversed(found.departures)}

    def how(image: Image) -> str:
        each = firsts[image.digest]
        date = forecast_words.date(found, each.day)
        return f"{Fate(each.action, each.rule_priority)} on day {each.day}, {date}"

    gone = [
        each.image
        for each in found.departures
        if each is firsts[each.image.digest] and each.image.digest not in found.first_runs
    ]
    return expected.guard(found.repository, gone, how)


def _forecast(inputs: Inputs, arguments: Namespace) -> Forecast:
    try:
        return forecast(
            inputs.policy.policy,
            inputs.repository,
            now=inputs.now,
            days=arguments.days,
            rhythm=_rhythm(inputs, arguments),
        )
    except ValueError as error:
        raise Unusable(str(error)) from None


def _rhythm(inputs: Inputs, arguments: Namespace) -> Rhythm | None:
    if arguments.pushes_per_day is None:
        return None
    return Rhythm.of(
        inputs.repository,
        now=inputs.now,
        pushes_per_day=None if arguments.pushes_per_day == _AUTO else arguments.pushes_per_day,
        seed=1 if arguments.seed is None else arguments.seed,
    )


def _write(found: Forecast, guard: Guard | None, inputs: Inputs, arguments: Namespace) -> None:
    firsts = [forecast_words.first(found, each) for each in arguments.first]
    price = arguments.price_per_gb_month
    days = [kept.day for kept in forecast_words.milestones(found)]
    costs = of_forecast(found, price, days) if price else None
    match arguments.format:
        case "json":
            print(json.forecast(found, arguments.first, inputs.policy.text, guard, costs), end="")
            tell(guard)
        case "csv":
            print(csv.forecast(found), end="")
            tell(guard)
        case "markdown":
            limit = None if arguments.all else markdown.COMMENT
            print(markdown.forecast(found, firsts, guard, costs, limit=limit), end="")
        case "html":
            from ecrpolicy.render.report import forecasts

            print(forecasts.forecast(found, firsts, guard, costs), end="")
            tell(guard)
        case _:
            console, text = terminal()
            rows = None if arguments.all else ROWS
            text.forecast(found, firsts, console, rows=rows)
            if costs:
                text.costs(costs, console)
            if guard:
                text.guard(guard, console, rows=rows)


def _pattern(text: str) -> str:
    if not text:
        raise ArgumentTypeError("the pattern is empty; give a tag, or a pattern such as `prod-*`")
    return text


def _days(text: str) -> int:
    days = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    if not 1 <= days <= MAX_DAYS:
        raise ArgumentTypeError(f"`{text}` is no number of days; give 1 to {MAX_DAYS}")
    return days


def _pushes(text: str) -> float | str:
    if text == _AUTO:
        return _AUTO
    pushes = float(text) if is_number(text) else 0.0
    if not (isfinite(pushes) and 0 < pushes <= _MOST_PUSHES):
        raise ArgumentTypeError(
            f"`{text}` is no number of pushes; give `{_AUTO}`, or a number above 0, at most "
            f"{_MOST_PUSHES}"
        )
    return pushes
