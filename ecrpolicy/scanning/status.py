"""Whether an image is scanned, and until when.

Amazon ECR User Guide, "Considerations for enhanced scanning", "Changing the enhanced scanning
duration", "Manually scanning an image" and "Understanding scan status
SCAN_ELIGIBILITY_EXPIRED"; Amazon Inspector User Guide, "Configuring the Amazon ECR re-scan
duration".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from ecrpolicy.scanning.evaluate import EffectiveScanning
from ecrpolicy.scanning.model import ScanFrequency, ScanType
from ecrpolicy.snapshot import Image, StorageClass

# Images pushed longer before enhanced scanning was turned on are not recognised: decision R20.
RECOGNISED_AT_FIRST: Final = timedelta(days=14)
_RECOGNISED_EARLIER: Final = timedelta(days=30)
_EARLIER: Final = datetime(2025, 5, 16, tzinfo=UTC)

# A basic scan of an image, by a push or by hand, is made once in this time.
BETWEEN_BASIC_SCANS: Final = timedelta(hours=24)


class Duration(StrEnum):
    """How long Amazon Inspector goes on scanning an image after its push, or after its last use.

    Amazon Inspector API Reference, "EcrConfiguration"; the guide of 2023 has three of them.
    """

    LIFETIME = "LIFETIME"
    DAYS_180 = "DAYS_180"
    DAYS_90 = "DAYS_90"
    DAYS_60 = "DAYS_60"
    DAYS_30 = "DAYS_30"
    DAYS_14 = "DAYS_14"
    DAYS_7 = "DAYS_7"
    DAYS_3 = "DAYS_3"

    @property
    def span(self) -> timedelta | None:
        """The time, None where it does not end.

        >>> Duration.DAYS_14.span.days
        14
        """
        if self is Duration.LIFETIME:
            return None
        return timedelta(days=int(self.value.removeprefix("DAYS_")))


class ScanStatus(StrEnum):
    """The status of the scans of an image, by the names of the API."""

    ACTIVE = "ACTIVE"
    COMPLETE = "COMPLETE"
    SCAN_ELIGIBILITY_EXPIRED = "SCAN_ELIGIBILITY_EXPIRED"
    IMAGE_ARCHIVED = "IMAGE_ARCHIVED"


_LIMIT_EXCEEDED: Final = (
    "LimitExceededException: The scan quota per image has been exceeded. Wait and try again."
)


@dataclass(frozen=True, slots=True)
class ScanState:
    """The scans of an image.

    `status` is None where it is not scanned. `may_scan`: a scan can be started by hand;
    `next_scan_at` is when that is allowed again, `service_text` what the service answers until
    then. `eligible_until` is when the image stops being scanned. Both are None where the calendar
    ends before.
    """

    status: ScanStatus | None
    reason: str
    may_scan: bool = False
    next_scan_at: datetime | None = None
    eligible_until: datetime | None = None
    service_text: str | None = None


def scan_state(
    image: Image,
    scanning: EffectiveScanning,
    *,
    now: datetime,
    enabled_at: datetime | None = None,
    duration: Duration = Duration.LIFETIME,
    use_duration: Duration | None = None,
    used_at: datetime | None = None,
    last_scan_at: datetime | None = None,
) -> ScanState:
    """The state of the scans of an image of a repository that is scanned so.

    `enabled_at` is when enhanced scanning was turned on, `used_at` when the image was last pulled
    or in use, whichever Amazon Inspector counts from, `last_scan_at` when it was last scanned; None
    where that is not known. An image is scanned until the `duration` since its push and the
    `use_duration` since its last use, if uses count, are both over; one that is just old enough is
    recognised, and one whose duration ends now is still scanned.
    """
    if image.storage_class is StorageClass.ARCHIVE:
        return ScanState(ScanStatus.IMAGE_ARCHIVED, "archived images are not scanned")
    if scanning.scan_type is ScanType.BASIC:
        return _basic(now, last_scan_at)
    if scanning.frequency is None:
        return ScanState(None, "enhanced scanning is off for the repository")
    # From the archive an image comes back as if it were pushed anew.
    spans = [(image.activated_at or image.pushed_at, duration)]
    if use_duration is not None and used_at is not None:
        spans.append((used_at, use_duration))
    return _enhanced(image, scanning.frequency, now, enabled_at, spans)


def _basic(now: datetime, last_scan_at: datetime | None) -> ScanState:
    if last_scan_at is None:
        return ScanState(None, "no scan is known", may_scan=True)
    if now - last_scan_at >= BETWEEN_BASIC_SCANS:
        reason = "the last scan was 24 h ago or more"
        return ScanState(ScanStatus.COMPLETE, reason, may_scan=True)
    return ScanState(
        ScanStatus.COMPLETE,
        "an image is scanned once in 24 h",
        next_scan_at=after(last_scan_at, BETWEEN_BASIC_SCANS),
        service_text=_LIMIT_EXCEEDED,
    )


def recognised_at_first(enabled_at: datetime) -> timedelta:
    """How long before enhanced scanning was turned on an image may have been pushed.

    >>> recognised_at_first(datetime(2026, 1, 31, tzinfo=UTC)).days
    14
    """
    return _RECOGNISED_EARLIER if enabled_at < _EARLIER else RECOGNISED_AT_FIRST


def _enhanced(
    image: Image,
    frequency: ScanFrequency,
    now: datetime,
    enabled_at: datetime | None,
    spans: Sequence[tuple[datetime, Duration]],
) -> ScanState:
    expired = ScanStatus.SCAN_ELIGIBILITY_EXPIRED
    if enabled_at is not None:
        most = recognised_at_first(enabled_at)
        if enabled_at - image.pushed_at > most:
            before = f"pushed more than {most.days} days before enhanced scanning was turned on"
            return ScanState(expired, f"{before}; push it again")
    until = _latest(spans)
    if all(span is not None and now - start > span for start, span in _with_spans(spans)):
        names = " and ".join(dict.fromkeys(f"`{duration}`" for _, duration in spans))
        reason = f"the scan duration {names} is over"
        return ScanState(expired, reason, eligible_until=until)
    if frequency is ScanFrequency.CONTINUOUS_SCAN:
        return ScanState(ScanStatus.ACTIVE, "scanned continuously", eligible_until=until)
    if enabled_at is not None and image.pushed_at < enabled_at:
        # Decision R18.
        return ScanState(None, "pushed before scan on push was turned on", eligible_until=until)
    return ScanState(ScanStatus.COMPLETE, "scanned when it was pushed", eligible_until=until)


def _with_spans(
    spans: Sequence[tuple[datetime, Duration]],
) -> list[tuple[datetime, timedelta | None]]:
    return [(start, duration.span) for start, duration in spans]


def _latest(spans: Sequence[tuple[datetime, Duration]]) -> datetime | None:
    """When the last of some durations ends, None where one does not, or not within the calendar."""
    ends = [None if span is None else after(start, span) for start, span in _with_spans(spans)]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def after(time: datetime, span: timedelta) -> datetime | None:
    """The time when a span is over, None where the calendar ends before."""
    try:
        return time + span
    except OverflowError:
        return None
