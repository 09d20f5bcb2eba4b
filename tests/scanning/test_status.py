"""Whether an image is scanned, and until when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ecrpolicy.scanning import (
    Duration,
    EffectiveScanning,
    ScanFrequency,
    ScanState,
    ScanStatus,
    ScanType,
    Source,
    recognised_at_first,
    scan_state,
)
from ecrpolicy.snapshot import StorageClass
from tests.builders import NOW, ago, image

LEAST = timedelta.resolution
CONTINUOUS, ON_PUSH = ScanFrequency.CONTINUOUS_SCAN, ScanFrequency.SCAN_ON_PUSH
EXPIRED = ScanStatus.SCAN_ELIGIBILITY_EXPIRED


def enhanced(frequency: ScanFrequency | None) -> EffectiveScanning:
    return EffectiveScanning("web", ScanType.ENHANCED, frequency, Source.RULE)


BASIC = EffectiveScanning("web", ScanType.BASIC, ScanFrequency.MANUAL, Source.NO_MATCH)


def state(scanning: EffectiveScanning, days: float = 0, **told: Any) -> ScanState:
    """The state at `NOW` of an image pushed some days before."""
    return scan_state(image("a", days=days), scanning, now=NOW, **told)


def test_an_image_of_which_no_basic_scan_is_known_may_be_scanned() -> None:
    found = state(BASIC, 400)
    assert (found.status, found.may_scan, found.next_scan_at) == (None, True, None)
    assert found.reason == "no scan is known"


def test_an_image_is_scanned_once_in_24_hours() -> None:
    early = state(BASIC, 400, last_scan_at=ago(1) + LEAST)
    assert (early.status, early.may_scan) == (ScanStatus.COMPLETE, False)
    assert early.next_scan_at == NOW + LEAST
    assert early.reason == "an image is scanned once in 24 h"
    assert early.service_text == (
        "LimitExceededException: The scan quota per image has been exceeded. Wait and try again."
    )
    again = state(BASIC, 400, last_scan_at=ago(1))
    assert (again.status, again.may_scan, again.next_scan_at) == (ScanStatus.COMPLETE, True, None)
    assert again.service_text is None
    assert again.reason == "the last scan was 24 h ago or more"


def test_basic_scanning_knows_no_eligibility() -> None:
    told = {"enabled_at": NOW, "duration": Duration.DAYS_30}
    assert state(BASIC, 400, **told).status is None


@pytest.mark.parametrize("scanning", [BASIC, enhanced(CONTINUOUS), enhanced(None)])
def test_an_archived_image_is_not_scanned(scanning: EffectiveScanning) -> None:
    archived = image("a", storage_class=StorageClass.ARCHIVE)
    found = scan_state(archived, scanning, now=NOW)
    assert (found.status, found.may_scan) == (ScanStatus.IMAGE_ARCHIVED, False)
    assert found.reason == "archived images are not scanned"


def test_where_enhanced_scanning_is_off_there_is_no_status() -> None:
    found = state(enhanced(None), 400, enabled_at=NOW, duration=Duration.DAYS_30)
    assert (found.status, found.may_scan) == (None, False)
    assert found.reason == "enhanced scanning is off for the repository"


@pytest.mark.parametrize("frequency", [CONTINUOUS, ON_PUSH])
def test_images_older_than_14_days_are_not_recognised_at_first(frequency: ScanFrequency) -> None:
    found = state(enhanced(frequency), 24, enabled_at=ago(10) + LEAST)
    assert found.status is EXPIRED
    assert found.reason == (
        "pushed more than 14 days before enhanced scanning was turned on; push it again"
    )


def test_an_image_of_exactly_14_days_is_recognised() -> None:
    assert state(enhanced(CONTINUOUS), 24, enabled_at=ago(10)).status is ScanStatus.ACTIVE


@pytest.mark.parametrize(
    ("enabled_at", "days"),
    [(datetime(2025, 5, 16, tzinfo=UTC) - LEAST, 30), (datetime(2025, 5, 16, tzinfo=UTC), 14)],
)
def test_before_16_may_2025_images_of_30_days_were_recognised(
    enabled_at: datetime, days: int
) -> None:
    assert recognised_at_first(enabled_at) == timedelta(days=days)
    for least, status in ((timedelta(0), ScanStatus.ACTIVE), (LEAST, EXPIRED)):
        pushed = image("a", pushed_at=enabled_at - timedelta(days=days) - least)
        found = scan_state(pushed, enhanced(CONTINUOUS), now=NOW, enabled_at=enabled_at)
        assert found.status is status


def test_when_enhanced_scanning_was_turned_on_need_not_be_known() -> None:
    continuous = state(enhanced(CONTINUOUS), 4000)
    assert (continuous.status, continuous.reason) == (ScanStatus.ACTIVE, "scanned continuously")
    assert state(enhanced(ON_PUSH), 4000).status is ScanStatus.COMPLETE


@pytest.mark.parametrize(
    ("duration", "days", "expired"),
    [
        (Duration.LIFETIME, 4000, False),
        (Duration.DAYS_180, 180, False),
        (Duration.DAYS_180, 180.00001, True),
        (Duration.DAYS_30, 30, False),
        (Duration.DAYS_30, 30.00001, True),
    ],
)
def test_an_image_is_scanned_for_the_duration(
    duration: Duration, days: float, *, expired: bool
) -> None:
    for frequency in (CONTINUOUS, ON_PUSH):
        found = state(enhanced(frequency), days, duration=duration)
        assert (found.status is EXPIRED) is expired


def test_the_end_of_the_duration_is_told() -> None:
    for frequency in (CONTINUOUS, ON_PUSH):
        for enabled_at in (None, ago(4)):
            told: dict[str, Any] = {"duration": Duration.DAYS_30, "enabled_at": enabled_at}
            found = state(enhanced(frequency), 5, **told)
            assert found.eligible_until == NOW + timedelta(days=25)
    over = state(enhanced(CONTINUOUS), 31, duration=Duration.DAYS_30)
    assert over.eligible_until == ago(1)
    assert state(enhanced(CONTINUOUS), 5).eligible_until is None


def test_an_image_in_use_is_scanned_for_longer_than_its_push_tells() -> None:
    told: dict[str, Any] = {"duration": Duration.DAYS_14, "use_duration": Duration.DAYS_30}
    found = state(enhanced(CONTINUOUS), 100, used_at=ago(30), **told)
    assert (found.status, found.eligible_until) == (ScanStatus.ACTIVE, NOW)
    over = state(enhanced(CONTINUOUS), 100, used_at=ago(30) - LEAST, **told)
    assert (over.status, over.eligible_until) == (EXPIRED, NOW - LEAST)
    assert over.reason == "the scan duration `DAYS_14` and `DAYS_30` is over"
    assert state(enhanced(CONTINUOUS), 100, **told).status is EXPIRED


def test_what_lasts_for_ever_is_not_shortened_by_uses() -> None:
    found = state(enhanced(CONTINUOUS), 100, use_duration=Duration.DAYS_3, used_at=ago(50))
    assert (found.status, found.eligible_until) == (ScanStatus.ACTIVE, None)


def test_from_the_archive_an_image_comes_back_as_if_pushed_anew() -> None:
    restored = image("a", days=300, activated_at=ago(14))
    found = scan_state(restored, enhanced(CONTINUOUS), now=NOW, duration=Duration.DAYS_14)
    assert (found.status, found.eligible_until) == (ScanStatus.ACTIVE, NOW)


def test_scan_on_push_scans_what_is_pushed_from_then_on() -> None:
    at_once = state(enhanced(ON_PUSH), 10, enabled_at=ago(10))
    before = state(enhanced(ON_PUSH), 10, enabled_at=ago(10) + LEAST)
    assert (at_once.status, before.status) == (ScanStatus.COMPLETE, None)
    assert at_once.reason == "scanned when it was pushed"
    assert before.reason == "pushed before scan on push was turned on"


def test_images_are_never_scanned_by_hand_with_enhanced_scanning() -> None:
    for frequency in (CONTINUOUS, ON_PUSH, None):
        assert not state(enhanced(frequency), 5, last_scan_at=ago(4)).may_scan


def test_what_lies_beyond_the_calendar_has_no_date() -> None:
    """Year 9999 ends a second after the push and the scan; a day later is no time at all."""
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    scanned = scan_state(image("a"), BASIC, now=last, last_scan_at=last)
    assert (scanned.may_scan, scanned.next_scan_at) == (False, None)
    assert scanned.service_text is not None
    pushed = replace(image("a"), pushed_at=last)
    found = scan_state(pushed, enhanced(CONTINUOUS), now=last, duration=Duration.DAYS_180)
    assert (found.status, found.eligible_until) == (ScanStatus.ACTIVE, None)
