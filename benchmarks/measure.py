"""Times as ratios to a floor that is measured in the same run."""

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median

Work = Callable[[], object]


def ratios(work: Mapping[str, Work], floor: Work, *, rounds: int) -> tuple[float, dict[str, float]]:
    """The floor's median in seconds, and the median of each work as a multiple of it.

    In every round each work is done once, next to the floor, so that whatever else the machine
    does weighs on all of them alike.
    """
    floors: list[float] = []
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        floors.append(_seconds(floor))
        for name, one in work.items():
            times[name].append(_seconds(one))
    least = median(floors)
    return least, {name: median(taken) / least for name, taken in times.items()}


def _seconds(work: Work) -> float:
    gc.collect()
    start = time.perf_counter()
    result = work()
    taken = time.perf_counter() - start
    del result
    return taken
