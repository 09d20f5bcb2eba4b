"""Token buckets: how often an operation may be called."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.throttle import RATES, Throttle

HERE = Place("111122223333", "us-east-1")
NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)


def taken(throttle: Throttle, times: int, now: datetime = NOW, place: Place = HERE) -> int:
    """How many of some calls come through."""
    found = 0
    for _ in range(times):
        with suppress(Refusal):
            throttle.take(place, "PutImage", now)
            found += 1
    return found


def test_the_rates_of_the_guide() -> None:
    # Amazon ECR User Guide, "Amazon ECR service quotas".
    assert RATES == {
        "BatchCheckLayerAvailability": 1_000,
        "BatchGetImage": 2_000,
        "CompleteLayerUpload": 100,
        "GetAuthorizationToken": 500,
        "GetDownloadUrlForLayer": 3_000,
        "InitiateLayerUpload": 100,
        "PutImage": 10,
        "UploadLayerPart": 500,
    }


def test_a_bucket_holds_what_a_second_brings() -> None:
    assert taken(Throttle(), 15) == 10


def test_it_fills_as_time_goes_on() -> None:
    throttle = Throttle()
    taken(throttle, 10)
    assert taken(throttle, 3, NOW + timedelta(milliseconds=99)) == 0
    assert taken(throttle, 3, NOW + timedelta(milliseconds=100)) == 1
    assert taken(throttle, 9, NOW + timedelta(milliseconds=500)) == 4
    assert taken(throttle, 99, NOW + timedelta(days=1)) == 10


def test_who_is_refused_loses_nothing() -> None:
    throttle = Throttle()
    taken(throttle, 1_000)
    assert taken(throttle, 99, NOW + timedelta(seconds=1)) == 10


def test_each_registry_has_its_own() -> None:
    throttle = Throttle()
    assert taken(throttle, 15) == 10
    assert taken(throttle, 15, place=Place("111122223333", "us-west-2")) == 10
    assert taken(throttle, 15, place=Place("444455556666", "us-east-1")) == 10


def test_each_operation_has_its_own() -> None:
    throttle = Throttle()
    taken(throttle, 15)
    throttle.take(HERE, "BatchGetImage", NOW)


def test_the_answer_is_429() -> None:
    throttle = Throttle({"PutImage": 1})
    throttle.take(HERE, "PutImage", NOW)
    with pytest.raises(Refusal) as refusal:
        throttle.take(HERE, "PutImage", NOW)
    assert str(refusal.value) == "ThrottlingException: Rate exceeded"
    assert refusal.value.status == 429


def test_an_operation_without_a_rate_is_never_refused() -> None:
    throttle = Throttle()
    for _ in range(10_000):
        throttle.take(HERE, "DescribeRepositories", NOW)


def test_processes_share_the_rates() -> None:
    assert taken(Throttle(share=1 / 2), 15) == 5
    # One call comes through whatever the share is: the next one waits two seconds.
    few = Throttle(share=1 / 20)
    assert taken(few, 15) == 1
    assert taken(few, 15, NOW + timedelta(seconds=1.9)) == 0
    assert taken(few, 15, NOW + timedelta(seconds=2)) == 1


def test_a_clock_that_is_set_back_keeps_nobody_out() -> None:
    throttle = Throttle()
    taken(throttle, 10)
    earlier = NOW - timedelta(hours=1)
    taken(throttle, 1, earlier)
    assert taken(throttle, 99, earlier + timedelta(seconds=1)) == 10


def test_it_can_be_switched_off() -> None:
    assert taken(Throttle.off(), 10_000) == 10_000
