"""How often an operation may be called: token buckets.

Amazon ECR User Guide, "Amazon ECR service quotas": rates a second, of an account in a Region.
"""

from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from types import MappingProxyType
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal

_PREFIX: Final = "Rate of "
_SUFFIX: Final = " requests"

RATES: Final[Mapping[str, float]] = MappingProxyType(
    {
        quota.name.removeprefix(_PREFIX).removesuffix(_SUFFIX): float(quota.value)
        for quota in quotas.QUOTAS
        if quota.name.startswith(_PREFIX) and quota.name.endswith(_SUFFIX)
    }
)
"""Requests a second, by operation; an operation that is not there may be called at will."""

_NONE: Final[Mapping[str, float]] = MappingProxyType({})

# Sums of fractions are not exact: a bucket with a token but for this has it.
_ROUNDING: Final = 1e-6


class Throttle:
    """Token buckets, one for each registry and operation; a bucket holds what a second brings.

    Each process of a service has buckets of its own: `share` is its part of the rates.

    >>> from datetime import UTC, datetime
    >>> throttle, now = Throttle({"PutImage": 1.0}), datetime(2026, 1, 31, tzinfo=UTC)
    >>> throttle.take(Place("111122223333", "us-east-1"), "PutImage", now)
    >>> throttle.take(Place("111122223333", "us-east-1"), "PutImage", now)
    Traceback (most recent call last):
    ...
    ecrpolicy.registry.refusal.Refusal: ThrottlingException: Rate exceeded
    """

    def __init__(self, rates: Mapping[str, float] = RATES, *, share: float = 1.0) -> None:
        self._rates = {name: rate * share for name, rate in rates.items()}
        self._lock = Lock()
        # When a bucket is next full, in seconds, were nothing taken from it any more.
        self._full_at: dict[tuple[Place, str], float] = {}

    @classmethod
    def off(cls) -> "Throttle":
        """One that lets everything through."""
        return cls(_NONE)

    def take(self, place: Place, operation: str, now: datetime) -> None:
        """Count a call; raises Refusal (ThrottlingException, 429) where there were too many."""
        rate = self._rates.get(operation)
        if rate is None:
            return
        # A bucket holds one token at least, else no call would ever come through.
        most = max(rate, 1.0) / rate
        at = now.timestamp()
        with self._lock:
            full_at = max(at, self._full_at.get((place, operation), at))
            is_open = full_at + 1.0 / rate - at <= most + _ROUNDING
            # A clock that was set back keeps nobody out for longer than an empty bucket does.
            self._full_at[place, operation] = (
                full_at + 1.0 / rate if is_open else min(full_at, at + most)
            )
        if not is_open:
            raise Refusal("ThrottlingException", "Rate exceeded", status=429)
