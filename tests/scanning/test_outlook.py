"""Which states the scans of an image may have where not all is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ecrpolicy.scanning import (
    Circumstances,
    Duration,
    EffectiveScanning,
    ScanFrequency,
    ScanState,
    ScanStatus,
    ScanType,
    Source,
    possible_states,
)
from ecrpolicy.snapshot import StorageClass
from tests.builders import NOW, ago, image

ACTIVE, COMPLETE = ScanStatus.ACTIVE, ScanStatus.COMPLETE
EXPIRED = ScanStatus.SCAN_ELIGIBILITY_EXPIRED
CONTINUOUS, ON_PUSH = ScanFrequency.CONTINUOUS_SCAN, ScanFrequency.SCAN_ON_PUSH
BASIC = EffectiveScanning("web", ScanType.BASIC, ScanFrequency.MANUAL, Source.NO_MATCH)


def enhanced(frequency: ScanFrequency | None) -> EffectiveScanning:
    return EffectiveScanning("web", ScanType.ENHANCED, frequency, Source.RULE)


def states(
    scanning: EffectiveScanning, days: float, told: Circumstances | None = None, **members: Any
) -> tuple[ScanState, ...]:
    """Those of an image pushed some days before `NOW`."""
    pushed = image("a", days=days, **members)
    return possible_states(pushed, scanning, told or Circumstances(NOW))


def statuses(
    scanning: EffectiveScanning, days: float, told: Circumstances | None = None, **members: Any
) -> set[ScanStatus | None]:
    return {each.status for each in states(scanning, days, told, **members)}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # Within the shortest duration, and so within the 14 days of the first recognition too.
        (0, {ACTIVE}),
        (3, {ACTIVE}),
        (3.00001, {ACTIVE, EXPIRED}),
        (400, {ACTIVE, EXPIRED}),
    ],
)
def test_a_young_image_is_scanned_whatever_is_not_known(
    days: float, expected: set[ScanStatus | None]
) -> None:
    assert statuses(enhanced(CONTINUOUS), days) == expected


def test_what_is_known_of_enhanced_scanning_settles_it() -> None:
    since, month = ago(100), Duration.DAYS_30
    for told, days, expected in (
        (Circumstances(NOW, since, Duration.LIFETIME), 90, {ACTIVE}),
        (Circumstances(NOW, since, Duration.LIFETIME), 114, {ACTIVE}),
        (Circumstances(NOW, since, Duration.LIFETIME), 115, {EXPIRED}),
        (Circumstances(NOW, since, month), 31, {EXPIRED}),
        (Circumstances(NOW, since), 90, {ACTIVE, EXPIRED}),
        (Circumstances(NOW, since), 115, {EXPIRED}),
        (Circumstances(NOW, duration=Duration.LIFETIME), 14, {ACTIVE}),
        (Circumstances(NOW, duration=Duration.LIFETIME), 15, {ACTIVE, EXPIRED}),
        (Circumstances(NOW, duration=month), 31, {EXPIRED}),
    ):
        assert statuses(enhanced(CONTINUOUS), days, told) == expected


def test_an_image_that_was_pulled_may_be_in_use_and_scanned_for_longer() -> None:
    told = Circumstances(NOW, ago(400), Duration.DAYS_30)
    assert statuses(enhanced(CONTINUOUS), 31, told, pulled_at=ago(1)) == {ACTIVE, EXPIRED}
    assert statuses(enhanced(CONTINUOUS), 30, told, pulled_at=ago(1)) == {ACTIVE}


def test_scan_on_push_hangs_on_when_it_was_turned_on() -> None:
    assert statuses(enhanced(ON_PUSH), 1) == {COMPLETE, None}
    assert statuses(enhanced(ON_PUSH), 40) == {COMPLETE, None, EXPIRED}
    lifetime = Duration.LIFETIME
    for since, expected in ((ago(24), COMPLETE), (ago(10), None), (ago(9.9), EXPIRED)):
        told = Circumstances(NOW, since, lifetime)
        assert statuses(enhanced(ON_PUSH), 24, told) == {expected}


def test_what_differs_is_not_known() -> None:
    [unknown] = states(enhanced(CONTINUOUS), 1)
    assert unknown.eligible_until is None
    [known] = states(enhanced(CONTINUOUS), 1, Circumstances(NOW, duration=Duration.DAYS_30))
    assert known.eligible_until == NOW + timedelta(days=29)


def test_basic_scans_hang_on_the_last_one() -> None:
    assert {(each.status, each.may_scan) for each in states(BASIC, 3)} == {
        (None, True),
        (COMPLETE, True),
        (COMPLETE, False),
    }
    [again] = states(BASIC, 3, scanned_at=ago(1))
    assert (again.status, again.may_scan) == (COMPLETE, True)
    [early] = states(BASIC, 3, scanned_at=ago(0.5))
    assert (early.may_scan, early.next_scan_at) == (False, NOW + timedelta(days=0.5))


@pytest.mark.parametrize("scanning", [BASIC, enhanced(CONTINUOUS), enhanced(None)])
def test_an_archived_image_is_certain(scanning: EffectiveScanning) -> None:
    archived = StorageClass.ARCHIVE
    assert statuses(scanning, 400, storage_class=archived) == {ScanStatus.IMAGE_ARCHIVED}
    assert len(states(scanning, 400, storage_class=archived)) == 1


def test_where_it_is_off_there_is_no_status() -> None:
    assert statuses(enhanced(None), 400) == {None}


def test_the_calendar_may_end() -> None:
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    pushed = replace(image("a"), pushed_at=last)
    for scanning in (BASIC, enhanced(CONTINUOUS), enhanced(ON_PUSH)):
        assert possible_states(pushed, scanning, Circumstances(last))
