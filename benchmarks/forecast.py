"""A forecast of a year, beside one evaluation of the same policy on the same repository.

    python -m benchmarks.forecast [--quick] [--seed N]

The repository and the policy are those of `benchmarks.lifecycle`: 10,000 images, 10 rules. Without
pushes, a forecast of 365 days may take 20 evaluations; with pushes, and a run of the policy every
day, which is what a forecast spares, are measured for comparison.
"""

import argparse
import random
import sys
from datetime import timedelta

from benchmarks.lifecycle import NOW, images_text, policy
from benchmarks.measure import ratios
from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Forecast, LifecyclePolicy, Rhythm
from ecrpolicy.snapshot import Repository
from ecrpolicy.sources.files import Source, read_repository

IMAGES, RULES, DAYS = 10_000, 10, 365
MOST = 20.0


def every_day(judged: LifecyclePolicy, repository: Repository) -> None:
    """The policy run every day, were nothing ever to go."""
    for day in range(DAYS + 1):
        lifecycle.evaluate(judged, repository, now=NOW + timedelta(days=day))


def main() -> int:
    """Measure and print; a figure over its limit is marked, and decides nothing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="three rounds")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    repository = read_repository(Source(images_text(IMAGES, random.Random(arguments.seed))))
    judged = policy(RULES)

    def forecast(rhythm: Rhythm | None = None) -> Forecast:
        return lifecycle.forecast(judged, repository, now=NOW, days=DAYS, rhythm=rhythm)

    rhythm = Rhythm.of(repository, now=NOW)
    found, pushed = forecast(), forecast(rhythm)
    rounds = 3 if arguments.quick else 11

    def evaluated() -> object:
        return list(lifecycle.evaluate(judged, repository, now=NOW).results)

    floor, times = ratios(
        {
            "forecast": forecast,
            "forecast, what is kept": lambda: forecast().kept,
            f"forecast, {len(pushed.pushes):,} pushes": lambda: forecast(rhythm),
        },
        evaluated,
        rounds=rounds,
    )
    _, daily = ratios(
        {"a run every day": lambda: every_day(judged, repository)}, evaluated, rounds=1
    )
    print(f"Python {sys.version.split()[0]}, seed {arguments.seed}")
    print(
        f"{IMAGES:,} images x {RULES} rules, {DAYS} days, {len(found.departures):,} departures; "
        f"an evaluation takes {floor * 1000:.0f} ms"
    )
    for work, ratio in {**times, **daily}.items():
        goal = "" if work != "forecast" else f"  at most {MOST:g}" + "  OVER" * (ratio > MOST)
        print(f"  {work:<26}{ratio:7.1f} x{goal}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
