"""Which states the scans of an image may have, where not all is known that they hang on.

A registry tells how it is scanned, not since when, nor for how long. Amazon Inspector User Guide,
"Scanning Amazon Elastic Container Registry container images with Amazon Inspector" and "Configuring
the Amazon ECR re-scan duration".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from ecrpolicy.scanning.evaluate import EffectiveScanning
from ecrpolicy.scanning.model import ScanFrequency, ScanType
from ecrpolicy.scanning.status import (
    RECOGNISED_AT_FIRST,
    Duration,
    ScanState,
    ScanStatus,
    after,
    scan_state,
)
from ecrpolicy.snapshot import Image, StorageClass

_IN_USE: Final = ScanState(
    ScanStatus.ACTIVE, "pulled or in use for as long as Amazon Inspector counts from that"
)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a state hangs on: when it is, and what is known of enhanced scanning.

    `enabled_at` is when that was turned on, `duration` how long after its push an image is
    scanned; None where that is not known.
    """

    now: datetime
    enabled_at: datetime | None = None
    duration: Duration | None = None


def possible_states(
    image: Image, scanning: EffectiveScanning, at: Circumstances
) -> tuple[ScanState, ...]:
    """The states that the scans of an image may have; one alone is certain.

    An image that was pulled may be in use, and is then scanned for longer than its push tells.

    >>> from datetime import UTC, timedelta
    >>> from ecrpolicy.scanning import Source
    >>> now = datetime(2026, 1, 31, tzinfo=UTC)
    >>> old = Image("sha256:" + "a" * 64, now - timedelta(days=400))
    >>> always = EffectiveScanning(
    ...     "web", ScanType.ENHANCED, ScanFrequency.CONTINUOUS_SCAN, Source.RULE
    ... )
    >>> [each.status.value for each in possible_states(old, always, Circumstances(now))]
    ['ACTIVE', 'SCAN_ELIGIBILITY_EXPIRED']
    """
    found: dict[tuple[ScanStatus | None, bool], ScanState] = {}
    for each in _states(image, scanning, at):
        same = found.setdefault((each.status, each.may_scan), each)
        if same != each:
            # What differs is not known, either.
            found[each.status, each.may_scan] = replace(same, eligible_until=None)
    return tuple(found.values())


def _states(image: Image, scanning: EffectiveScanning, at: Circumstances) -> Iterator[ScanState]:
    if scanning.scan_type is ScanType.BASIC:
        for last in _last_scans(image, at):
            yield scan_state(image, scanning, now=at.now, last_scan_at=last)
        return
    was_pulled = image.pulled_at is not None
    for enabled_at in _turned_on(image, at):
        for duration in tuple(Duration) if at.duration is None else (at.duration,):
            found = scan_state(
                image, scanning, now=at.now, enabled_at=enabled_at, duration=duration
            )
            yield found
            is_over = found.status is ScanStatus.SCAN_ELIGIBILITY_EXPIRED
            if is_over and was_pulled and scanning.frequency is ScanFrequency.CONTINUOUS_SCAN:
                yield _IN_USE


def _last_scans(image: Image, at: Circumstances) -> Iterable[datetime | None]:
    """Where it is not told: none at all, one long ago, one just now."""
    if image.scanned_at is not None or image.storage_class is StorageClass.ARCHIVE:
        return (image.scanned_at,)
    return (None, image.pushed_at, at.now)


def _turned_on(image: Image, at: Circumstances) -> Iterable[datetime | None]:
    """Where it is not known: before the push, soon after it, and now."""
    if at.enabled_at is not None:
        return (at.enabled_at,)
    soon = after(image.pushed_at, RECOGNISED_AT_FIRST)
    return (None, at.now if soon is None else min(soon, at.now), at.now)
