"""What all tests share: a browser, and how Hypothesis tries examples; it remembers none."""

import gc
import os

from hypothesis import HealthCheck, settings

from tests.browser import browser, visit

__all__ = ["browser", "visit"]

# A text of 30,000 characters takes Hypothesis long to think up; that says nothing of our code.
_SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]

# `make properties` tries more.
_EXAMPLES = int(os.environ.get("ECRPOLICY_EXAMPLES", "500"))

settings.register_profile(
    "here",
    deadline=None,
    max_examples=_EXAMPLES,
    database=None,
    suppress_health_check=_SLOW_TO_DRAW,
)
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_finish() -> None:
    """Have the garbage collector leave out what stays: it looks for no garbage in 20,000 tests."""
    gc.collect()
    gc.freeze()
