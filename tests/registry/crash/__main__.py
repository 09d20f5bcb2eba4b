"""The program."""

import argparse
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.registry import crash
from tests.registry.crash.killing import prepared, run


def main() -> None:
    """Say how it went. Services at work beside each other have directories of their own."""
    parser = argparse.ArgumentParser(description=(crash.__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--services", type=int, default=2)
    parser.add_argument("--seed", type=int, default=time.time_ns())
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as made, ThreadPoolExecutor(chosen.services) as pool:
        running = []
        for number in range(chosen.services):
            directory = Path(made) / str(number)
            directory.mkdir()
            times = (chosen.times + number) // chosen.services
            running.append(pool.submit(run, prepared(directory), times, chosen.seed + number))
        kept = sum(each.result() for each in running)
    took = time.monotonic() - began
    print(  # noqa: T201
        f"killed {chosen.times} times (seed {chosen.seed}): all of {kept} images are there, "
        f"after {took:.0f} s"
    )


if __name__ == "__main__":
    main()
