"""Whether an image is scanned, and until when.

Amazon ECR User Guide, "Considerations for enhanced scanning", "Changing the enhanced scanning
duration", "Manually scanning an image" and "Understanding scan status
SCAN_ELIGIBILITY_EXPIRED"; Amazon Inspector User Guide, "Configuring the Amazon ECR re-scan
duration".
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from ecrpolicy.scanning.evaluate import EffectiveScanning
from ecrpolicy.scanning.model import ScanFrequency, ScanType
from ecrpolicy.snapshot import Image, StorageClass

# Images pushed longer before enhanced scanning was turned on are not recognised. The documents
# name 30 days and 14: the latter with the settings that Amazon Inspector has since this day.
_SHORTER_SINCE: Final = datetime(2025, 5, 16, tzinfo=UTC)
_RECOGNISED_BEFORE: Final = timedelta(days=30)
_RECOGNISED_SINCE: Final = timedelta(days=14)

# A basic scan of an image, by a push or by hand, is made once in this time.
BETWEEN_BASIC_SCANS: Final = timedelta(hours=24)


class Duration(StrEnum):
    """How long Amazon Inspector goes on scanning an image, by the names of its API."""

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
        """The time, None where there is no end.

        >>> Duration.DAYS_14.span.days
        14
        """
        if self is Duration.LIFETIME:
            return None
        return timedelta(days=int(self.value.removeprefix("DAYS_")))


class RescanMode(StrEnum):
    """What counts as the use of an image."""

    LAST_PULL_DATE = "LAST_PULL_DATE"
    LAST_IN_USE_AT = "LAST_IN_USE_AT"


@dataclass(frozen=True, slots=True)
class Rescan:
    """How long images are scanned again: Amazon Inspector's `EcrConfiguration`.

    An image is scanned as long as either of the durations lasts: that since its push, and that
    since its last use. Without `since_use`, uses do not count.
    """

    since_push: Duration = Duration.LIFETIME
    since_use: Duration | None = None
    mode: RescanMode = RescanMode.LAST_PULL_DATE


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
    then. `eligible_until` is when the image stops being scanned.
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
    rescan: Rescan = Rescan(),
    in_use_at: datetime | None = None,
    last_scan_at: datetime | None = None,
) -> ScanState:
    """The state of the scans of an image of a repository that is scanned so.

    `enabled_at` is when enhanced scanning was turned on, `in_use_at` when a container last ran
    from the image, `last_scan_at` when it was last scanned; None where that is not known. An image
    that is just old enough is recognised, and one whose duration ends now is still scanned.
    """
    if image.storage_class is StorageClass.ARCHIVE:
        return ScanState(ScanStatus.IMAGE_ARCHIVED, "archived images are not scanned")
    if scanning.scan_type is ScanType.BASIC:
        return _basic(now, last_scan_at)
    if scanning.frequency is None:
        return ScanState(None, "enhanced scanning is off for the repository")
    until = _eligible_until(image, rescan, in_use_at)
    return _enhanced(image, scanning.frequency, now, enabled_at, until)


def _basic(now: datetime, last_scan_at: datetime | None) -> ScanState:
    if last_scan_at is None:
        return ScanState(None, "no scan is known", may_scan=True)
    again = last_scan_at + BETWEEN_BASIC_SCANS
    if now >= again:
        reason = "the last scan was 24 h ago or more"
        return ScanState(ScanStatus.COMPLETE, reason, may_scan=True)
    return ScanState(
        ScanStatus.COMPLETE,
        "an image is scanned once in 24 h",
        next_scan_at=again,
        service_text=_LIMIT_EXCEEDED,
    )


def recognised_at_first(enabled_at: datetime) -> timedelta:
    """How long before enhanced scanning was turned on an image may have been pushed.

    >>> recognised_at_first(datetime(2026, 1, 1, tzinfo=UTC)).days
    14
    """
    return _RECOGNISED_BEFORE if enabled_at < _SHORTER_SINCE else _RECOGNISED_SINCE


def _eligible_until(image: Image, rescan: Rescan, in_use_at: datetime | None) -> datetime | None:
    """When an image stops being scanned, None for never.

    For one that was restored from the archive the time runs from then.
    """
    span = rescan.since_push.span
    if span is None:
        return None
    ends = [(image.activated_at or image.pushed_at) + span]
    used_at = image.pulled_at if rescan.mode is RescanMode.LAST_PULL_DATE else in_use_at
    if rescan.since_use is not None and used_at is not None:
        since_use = rescan.since_use.span
        if since_use is None:
            return None
        ends.append(used_at + since_use)
    return max(ends)


def _enhanced(
    image: Image,
    frequency: ScanFrequency,
    now: datetime,
    enabled_at: datetime | None,
    until: datetime | None,
) -> ScanState:
    expired = ScanStatus.SCAN_ELIGIBILITY_EXPIRED
    if enabled_at is not None:
        most = recognised_at_first(enabled_at)
        if enabled_at - image.pushed_at > most:
            before = f"pushed more than {most.days} days before enhanced scanning was turned on"
            return ScanState(expired, f"{before}; push it again")
    if until is not None and now > until:
        return ScanState(expired, "the re-scan duration is over", eligible_until=until)
    if frequency is ScanFrequency.CONTINUOUS_SCAN:
        return ScanState(ScanStatus.ACTIVE, "scanned continuously", eligible_until=until)
    if enabled_at is not None and image.pushed_at < enabled_at:
        return ScanState(None, "pushed before scan on push was turned on", eligible_until=until)
    return ScanState(ScanStatus.COMPLETE, "scanned when it was pushed", eligible_until=until)
