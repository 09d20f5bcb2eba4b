"""A clock that the service and its clients go by, and that stands until it is told otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import botocore.auth
import pytest


class Clock:
    """Tells the time when it is called."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, time: timedelta) -> None:
        """Let time pass."""
        self.now += time


@contextmanager
def signing_at(clock: Clock) -> Iterator[None]:
    """Within, boto3 signs with the time of a clock: the service takes no signature of old."""

    def now(remove_tzinfo: bool = True) -> Any:
        time = clock().astimezone(UTC)
        return time.replace(tzinfo=None) if remove_tzinfo else time

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(botocore.auth, "get_current_datetime", now)
        yield
