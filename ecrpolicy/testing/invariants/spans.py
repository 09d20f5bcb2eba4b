"""Spans of time that invariants are stated with."""

from datetime import timedelta

from ecrpolicy.testing.invariants.situations import DAY, in_calendar


def checked(span: timedelta, name: str) -> timedelta:
    """A span that can be an age; raises ValueError where it cannot."""
    if span <= timedelta(0):
        raise ValueError(f"`{name}` is not above 0: give a span such as `timedelta(days=30)`")
    if not in_calendar(span // DAY + 1):
        raise ValueError(f"`{name}` reaches beyond the calendar: nothing is so old")
    return span
