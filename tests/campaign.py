"""Runs random cases, as many at a time as one likes, and says what came of them."""

import argparse
import json
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_CASES_OF_ONE_TASK = 500
_LINES_OF_PROGRESS = 10

# Runs the case of a seed and a number, counts what it reaches, and returns the disagreement.
Compare = Callable[[int, int, Counter[str]], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Report:
    """What some cases reached, and the first disagreement, if there was any."""

    cases: int
    reached: Counter[str]
    disagreement: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A comparison and what its cases must reach where there are `enough` of them."""

    program: str
    compare: Compare
    goals: tuple[str, ...]
    enough: int = 0

    def run_cases(self, task: tuple[int, int, int]) -> Report:
        """The cases of a task (seed, first number, number past the last), to a disagreement."""
        seed, first, end = task
        reached: Counter[str] = Counter()
        for number in range(first, end):
            disagreement = self.compare(seed, number, reached)
            if disagreement is not None:
                found = {"seed": seed, "case": number, **disagreement}
                return Report(number - first + 1, reached, found)
        return Report(end - first, reached, None)

    def _reports(self, seed: int, first: int, cases: int, jobs: int) -> Iterator[Report]:
        end = first + cases
        tasks = [
            (seed, start, min(start + _CASES_OF_ONE_TASK, end))
            for start in range(first, end, _CASES_OF_ONE_TASK)
        ]
        if jobs == 1:
            yield from map(self.run_cases, tasks)
            return
        with multiprocessing.get_context("spawn").Pool(jobs) as pool:
            yield from pool.imap_unordered(self.run_cases, tasks)

    def run(self, *, seed: int, cases: int, jobs: int = 1, first: int = 0) -> int:
        """Run cases and say what came of it; the exit status."""
        _say(f"seed {seed}: {cases:,} cases from {first:,} on, {jobs} at a time")
        done, told = 0, 0
        reached: Counter[str] = Counter()
        for report in self._reports(seed, first, cases, jobs):
            done += report.cases
            reached += report.reached
            if report.disagreement is not None:
                _say(json.dumps(report.disagreement, default=_plain))
                _say(f"seed {seed}: disagreement at case {report.disagreement['case']}")
                return 1
            if done * _LINES_OF_PROGRESS // cases > told:
                told = done * _LINES_OF_PROGRESS // cases
                _say(f"{done:,} cases")
        for name in sorted({*self.goals, *reached}):
            _say(f"{reached[name]:>9,}  {name}")
        missed = [name for name in self.goals if not reached[name]]
        if missed:
            _say(f"never reached: {', '.join(missed)}")
        if missed and cases >= self.enough:
            return 1
        _say(f"seed {seed}: no disagreement")
        return 0

    def main(self, arguments: list[str] | None = None) -> int:
        """The command line."""
        parser = argparse.ArgumentParser(prog=f"python -m {self.program}")
        parser.add_argument("--cases", type=int, default=20_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--jobs", type=int, default=1)
        parser.add_argument("--first", type=int, default=0, help="the number of the first case")
        parsed = parser.parse_args(arguments)
        return self.run(seed=parsed.seed, cases=parsed.cases, jobs=parsed.jobs, first=parsed.first)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(value)
