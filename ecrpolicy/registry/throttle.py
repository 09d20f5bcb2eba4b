"""How often an operation may be called: token buckets.

Amazon ECR User Guide, "Amazon ECR service quotas": rates a second, of an account in a Region.
"""

from collections.abc import Callable, Mapping
from threading import Lock
from time import monotonic
from types import MappingProxyType
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal

_PREFIX: Final = "Rate of "
_SUFFIX: Final = " requests"

RATES: Final[Mapping[str, int]] = MappingProxyType(
    {
        quota.name.removeprefix(_PREFIX).removesuffix(_SUFFIX): quota.value
        for quota in quotas.QUOTAS
        if quota.name.startswith(_PREFIX) and quota.name.endswith(_SUFFIX)
    }
)
"""Requests a second, by operation; an operation that is not there may be called at will."""


class Throttle:
    """Token buckets, one for each registry and operation; a bucket holds what a second brings.

    `clock` tells seconds that only go on. Each process of a service has buckets of its own:
    `share` is the part of the rates that this one has.

    >>> throttle = Throttle({"PutImage": 1}, clock=lambda: 0.0)
    >>> place = Place("111122223333", "us-east-1")
    >>> throttle.take(place, "PutImage")
    >>> throttle.take(place, "PutImage")
    Traceback (most recent call last):
    ...
    ecrpolicy.registry.refusal.Refusal: ThrottlingException: Rate exceeded
    """

    def __init__(
        self,
        rates: Mapping[str, float] = RATES,
        *,
        clock: Callable[[], float] = monotonic,
        share: float = 1.0,
    ) -> None:
        self._rates = {name: rate * share for name, rate in rates.items()}
        self._clock = clock
        self._lock = Lock()
        # When a bucket that loses one token a request is next full.
        self._full_at: dict[tuple[Place, str], float] = {}

    @classmethod
    def off(cls) -> "Throttle":
        """One that lets everything through."""
        return cls({})

    def take(self, place: Place, operation: str) -> None:
        """Count a call; raises Refusal (ThrottlingException, 429) where there were too many."""
        rate = self._rates.get(operation)
        if rate is None:
            return
        room = max(rate, 1.0)
        with self._lock:
            now = self._clock()
            full_at = max(now, self._full_at.get((place, operation), now)) + 1.0 / rate
            # Tokens that are missing: those that come until the bucket is full.
            if (full_at - now) * rate > room + _ROUNDING:
                raise Refusal("ThrottlingException", "Rate exceeded", status=429)
            self._full_at[place, operation] = full_at


_ROUNDING: Final = 1e-6
