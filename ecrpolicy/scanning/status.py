"""Whether an image is scanned, and until when.

Amazon ECR User Guide, "Considerations for enhanced scanning", "Changing the enhanced scanning
duration", "Manually scanning an image" and "Understanding scan status
SCAN_ELIGIBILITY_EXPIRED".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ecrpolicy.scanning.evaluate import EffectiveScanning
from ecrpolicy.scanning.model import ScanFrequency, ScanType
from ecrpolicy.snapshot import Image, StorageClass

# Images pushed longer before enhanced scanning was turned on are not recognised.
RECOGNISED_AT_FIRST: Final = timedelta(days=30)

# A basic scan of an image, by a push or by hand, is made once in this time.
BETWEEN_BASIC_SCANS: Final = timedelta(hours=24)


class Duration(StrEnum):
    """How long Amazon Inspector goes on scanning an image after its push.

    Amazon Inspector API Reference, "EcrConfiguration"; the guide of 2023 has three of them.
    """

    LIFETIME = "LIFETIME"
    DAYS_180 = "DAYS_180"
    DAYS_90 = "DAYS_90"
    DAYS_60 = "DAYS_60"
    DAYS_30 = "DAYS_30"
    DAYS_14 = "DAYS_14"


class ScanStatus(StrEnum):
    """The status of the scans of an image, by the names of the API."""

    ACTIVE = "ACTIVE"
    COMPLETE = "COMPLETE"
    SCAN_ELIGIBILITY_EXPIRED = "SCAN_ELIGIBILITY_EXPIRED"
    IMAGE_ARCHIVED = "IMAGE_ARCHIVED"


_SPANS: Final = {
    Duration.DAYS_180: timedelta(days=180),
    Duration.DAYS_90: timedelta(days=90),
    Duration.DAYS_60: timedelta(days=60),
    Duration.DAYS_30: timedelta(days=30),
    Duration.DAYS_14: timedelta(days=14),
}

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
    last_scan_at: datetime | None = None,
) -> ScanState:
    """The state of the scans of an image of a repository that is scanned so.

    `enabled_at` is when enhanced scanning was turned on, `last_scan_at` when the image was last
    scanned; None where that is not known. An image pushed exactly 30 days before is recognised,
    and one whose duration ends now is still scanned.
    """
    if image.storage_class is StorageClass.ARCHIVE:
        return ScanState(ScanStatus.IMAGE_ARCHIVED, "archived images are not scanned")
    if scanning.scan_type is ScanType.BASIC:
        return _basic(now, last_scan_at)
    if scanning.frequency is None:
        return ScanState(None, "enhanced scanning is off for the repository")
    return _enhanced(image, scanning.frequency, now, enabled_at, duration)


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


def _enhanced(
    image: Image,
    frequency: ScanFrequency,
    now: datetime,
    enabled_at: datetime | None,
    duration: Duration,
) -> ScanState:
    expired = ScanStatus.SCAN_ELIGIBILITY_EXPIRED
    if enabled_at is not None and enabled_at - image.pushed_at > RECOGNISED_AT_FIRST:
        reason = "pushed more than 30 days before enhanced scanning was turned on; push it again"
        return ScanState(expired, reason)
    span = _SPANS.get(duration)
    until = None if span is None else after(image.pushed_at, span)
    if span is not None and now - image.pushed_at > span:
        return ScanState(expired, f"the scan duration `{duration}` is over", eligible_until=until)
    if frequency is ScanFrequency.CONTINUOUS_SCAN:
        return ScanState(ScanStatus.ACTIVE, "scanned continuously", eligible_until=until)
    if enabled_at is not None and image.pushed_at < enabled_at:
        # Decision R15.
        return ScanState(None, "pushed before scan on push was turned on", eligible_until=until)
    return ScanState(ScanStatus.COMPLETE, "scanned when it was pushed", eligible_until=until)


def after(time: datetime, span: timedelta) -> datetime | None:
    """The time when a span is over, None where the calendar ends before."""
    try:
        return time + span
    except OverflowError:
        return None
