"""What a policy will do, day by day. Ages are in days before the first run."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from ecrpolicy.lifecycle import Action, Forecast, Kept, Rhythm, forecast
from ecrpolicy.lifecycle.forecast import MAX_DAYS
from ecrpolicy.snapshot import Image, Repository, StorageClass
from tests.builders import (
    INDEX,
    NOW,
    ago,
    any_image,
    archived,
    count,
    digest,
    image,
    patterns,
    policy,
    prefixes,
    pulled,
    pushed,
    rule,
    untagged,
)


def foreseen(
    rules: list[dict[str, object]],
    *images: Image,
    days: int = 30,
    pushes: tuple[Image, ...] = (),
) -> Forecast:
    """What some rules will do with some images."""
    return forecast(policy(*rules), Repository("app", images), now=NOW, days=days, pushes=pushes)


def gone(found: Forecast) -> list[tuple[int, str, int]]:
    """The day, the digit of the digest, and the rule of each departure."""
    return [(each.day, each.image.digest[-1], each.rule_priority) for each in found.departures]


# Ages


def test_an_image_goes_in_the_first_run_at_which_it_is_older_than_its_limit() -> None:
    """14 days old at the run of day 4 is not older; at that of day 5 it is."""
    found = foreseen([rule(any_image() | pushed(14))], image("a", days=10))
    assert gone(found) == [(5, "a", 1)]


def test_a_little_more_than_whole_days_goes_a_run_earlier() -> None:
    old = image("a", pushed_at=ago(10) - timedelta(microseconds=1))
    assert gone(foreseen([rule(any_image() | pushed(14))], old)) == [(4, "a", 1)]


def test_what_is_past_its_limit_today_goes_today() -> None:
    found = foreseen([rule(any_image() | pushed(14))], image("a", days=300), image("b", days=15))
    assert gone(found) == [(0, "a", 1), (0, "b", 1)]


def test_what_is_not_old_enough_within_the_days_stays() -> None:
    rules = [rule(any_image() | pushed(14))]
    assert gone(foreseen(rules, image("a"), days=14)) == []
    assert gone(foreseen(rules, image("a"), days=15)) == [(15, "a", 1)]


def test_a_number_beyond_the_calendar_is_never_reached() -> None:
    found = foreseen([rule(any_image() | pushed(10**30))], image("a"), days=MAX_DAYS)
    assert gone(found) == []


def test_the_owner_alone_decides_on_which_day() -> None:
    """Rule 1 owns `a` and waits for 20 days, though rule 2 would take it after 5."""
    rules = [
        rule(prefixes("v") | pushed(20), priority=1),
        rule(any_image() | pushed(5), priority=2),
    ]
    found = foreseen(rules, image("a", "v1"), image("b", "x"))
    assert gone(found) == [(6, "b", 2), (21, "a", 1)]


def test_a_day_has_the_order_of_action_of_a_preview() -> None:
    """Older before younger, of equal times the smaller digest first, whatever the rule."""
    rules = [
        rule(prefixes("v") | pushed(3), priority=1),
        rule(any_image() | pushed(2), priority=2),
    ]
    found = foreseen(rules, image("c", days=0.5), image("b", days=0.5), image("a", "v", days=1.5))
    assert gone(found) == [(2, "a", 1), (2, "b", 2), (2, "c", 2)]


# Counts


def test_without_pushes_a_count_takes_all_it_ever_takes_today() -> None:
    images = [image(digit, days=age) for age, digit in enumerate("abcd", start=1)]
    assert gone(foreseen([rule(any_image() | count(2))], *images)) == [(0, "d", 1), (0, "c", 1)]


def test_a_push_makes_the_oldest_go_in_the_run_that_sees_it() -> None:
    """Pushed at 12:00 of day 3, seen by the run of day 4."""
    pushes = (image("e", pushed_at=ago(-3.5)), image("f", pushed_at=ago(-6)))
    found = foreseen(
        [rule(any_image() | count(2))], image("a", days=2), image("b", days=1), pushes=pushes
    )
    assert gone(found) == [(4, "a", 1), (6, "b", 1)]
    assert found.first_runs == {digest("e"): 4, digest("f"): 6}


def test_what_is_pushed_may_go_too() -> None:
    pushes = (image("e", pushed_at=ago(-1)), image("f", pushed_at=ago(-2)))
    found = foreseen([rule(any_image() | count(1))], image("a"), pushes=pushes)
    assert gone(found) == [(1, "a", 1), (2, "e", 1)]


def test_a_held_child_that_rises_within_the_count_stays() -> None:
    """Of a (held by i), b, c: c goes by its age on day 3, i on day 5; a is then the second."""
    rules = [
        rule(prefixes("c") | pushed(4), priority=1),
        rule(prefixes("i") | pushed(15), priority=2),
        rule(any_image() | count(2), priority=3),
    ]
    index = image("e", "i", days=11, manifests=(digest("a"),))
    images = (image("a", days=9), image("b", days=1), image("c", "c", days=2), index)
    found = foreseen(rules, *images)
    assert gone(found) == [(3, "c", 1), (5, "e", 2)]


def test_a_held_child_past_the_count_goes_when_its_index_has_gone() -> None:
    rules = [
        rule(prefixes("i") | pushed(15), priority=1),
        rule(any_image() | count(1), priority=2),
    ]
    index = image("e", "i", days=11, manifests=(digest("a"),))
    found = foreseen(rules, image("a", days=9), image("b", days=1), index)
    assert gone(found) == [(5, "e", 1), (6, "a", 2)]


# Indexes, referrers, the archive


def test_children_go_in_the_run_after_their_index() -> None:
    rules = [rule(prefixes("i") | pushed(15), priority=1), rule(untagged() | pushed(7), priority=2)]
    index = image("e", "i", days=11, manifests=(digest("a"), digest("b"), digest("e")))
    found = foreseen(rules, image("a", days=11), image("b", days=1), index)
    assert gone(found) == [(5, "e", 1), (6, "a", 2), (7, "b", 2)]


def test_a_child_of_two_indexes_waits_for_both() -> None:
    rules = [rule(prefixes("i") | pushed(15), priority=1), rule(untagged() | pushed(7), priority=2)]
    found = foreseen(
        rules,
        image("a", days=11),
        image("d", "i", days=11, manifests=(digest("a"),)),
        image("e", "i2", days=8, manifests=(digest("a"),)),
    )
    assert gone(found) == [(5, "d", 1), (8, "e", 1), (9, "a", 2)]


def test_an_index_that_is_archived_lets_its_children_go() -> None:
    rules = [
        rule(prefixes("i") | pulled(15), priority=1, action="transition"),
        rule(untagged() | pushed(7), priority=2),
    ]
    index = image("e", "i", days=30, pulled_at=ago(12), manifests=(digest("a"),))
    found = foreseen(rules, image("a", days=30), index)
    assert gone(found) == [(4, "e", 1), (5, "a", 2)]
    assert [each.action for each in found.departures] == [Action.TRANSITION, Action.EXPIRE]


def test_what_is_archived_goes_from_the_archive_when_it_has_been_there_long_enough() -> None:
    """Archived on day 2; on day 92 that is 90 days ago, on day 93 more."""
    rules = [
        rule(any_image() | pulled(15), priority=1, action="transition"),
        rule(any_image() | archived(90), priority=2),
    ]
    found = foreseen(rules, image("a", "v1", days=14, size_bytes=7), days=100)
    assert gone(found) == [(2, "a", 1), (93, "a", 2)]
    assert found.kept[1] == Kept(1, 1, 7, 0, 0)
    assert found.kept[2] == Kept(2, 1, 7, 1, 7)
    assert found.kept[92] == Kept(92, 1, 7, 1, 7)
    assert found.kept[93] == Kept(93, 0, 0, 0, 0)
    (there,) = found.repository_on(93).images
    assert (there.storage_class, there.archived_at) == (StorageClass.ARCHIVE, found.at(2))


def test_rules_for_the_archive_own_what_is_there_already() -> None:
    """Archived 88 days ago, `a` is past 90 on day 3; nobody knows when `b` was."""
    rules = [
        rule(any_image() | archived(90), priority=1),
        rule(any_image() | pushed(300), priority=2),
    ]
    there = StorageClass.ARCHIVE
    found = foreseen(
        rules,
        image("a", days=200, storage_class=there, archived_at=ago(88)),
        image("b", days=200, storage_class=there),
    )
    assert gone(found) == [(3, "a", 1)]


def test_referrers_go_with_their_subject_over_all_levels() -> None:
    rules = [rule(any_image() | pushed(14))]
    found = foreseen(
        rules,
        image("a", days=10),
        image("b", days=1, subject=digest("a")),
        image("c", days=5, subject=digest("b")),
    )
    assert gone(found) == [(5, "a", 1), (5, "c", 1), (5, "b", 1)]
    assert [each.cascade for each in found.departures] == [False, True, True]


def test_a_doubt_lasts_while_an_index_with_unknown_children_stands() -> None:
    rules = [rule(prefixes("i") | pushed(15), priority=1), rule(untagged() | pushed(7), priority=2)]
    unknown = image("e", "i", days=12, manifest_media_type=INDEX)
    found = foreseen(rules, image("a", days=6), image("b", days=2), unknown)
    assert gone(found) == [(2, "a", 2), (4, "e", 1), (6, "b", 2)]
    assert [each.cannot_tell for each in found.departures] == [True, False, False]


def test_an_image_on_its_way_from_the_archive_stays_so() -> None:
    activating = image("a", days=300, storage_class=StorageClass.ACTIVATING)
    assert gone(foreseen([rule(any_image() | pushed(14))], activating)) == []


# What is told of the whole


def test_what_is_kept_is_told_for_every_day() -> None:
    found = foreseen(
        [rule(any_image() | pushed(1))],
        image("a", days=1, size_bytes=5),
        image("b", days=5, size_bytes=7),
        days=3,
        pushes=(image("c", pushed_at=ago(-2.5), size_bytes=11),),
    )
    assert gone(found) == [(0, "b", 1), (1, "a", 1)]
    assert found.kept == (
        Kept(0, 1, 5, 0, 0),
        Kept(1, 0, 0, 0, 0),
        Kept(2, 0, 0, 0, 0),
        Kept(3, 1, 11, 0, 0),
    )
    assert [each.digest for each in found.staying] == [digest("c")]


def test_what_is_pushed_after_the_last_run_is_not_kept_yet() -> None:
    late = image("b", pushed_at=ago(-3.5), size_bytes=7)
    rules = [rule(any_image() | count(9))]
    found = foreseen(rules, image("a", size_bytes=5), days=3, pushes=(late,))
    assert found.kept[3] == Kept(3, 1, 5, 0, 0)


def test_departures_stand_by_the_day() -> None:
    images = image("a", days=10), image("b", days=10), image("c", days=12), image("d")
    found = foreseen([rule(any_image() | pushed(14))], *images, days=10)
    digits = {
        day: [each.image.digest[-1] for each in several] for day, several in found.by_day.items()
    }
    assert digits == {3: ["c"], 5: ["a", "b"]}


def test_a_forecast_is_plain_json() -> None:
    found = foreseen(
        [rule(untagged() | pushed(1), priority=3)],
        image("a", days=1, size_bytes=5),
        image("e", "i", manifests=None, size_bytes=7),
        days=2,
        pushes=(image("b", pushed_at=ago(-1), size_bytes=11),),
    )
    assert json.loads(json.dumps(found.to_json())) == {
        "now": "2026-01-31T00:00:00+00:00",
        "days": 2,
        "rhythm": None,
        "pushedImages": 1,
        "stayingImages": 2,
        "departures": [
            {
                "day": 1,
                "at": "2026-02-01T00:00:00+00:00",
                "imageTags": [],
                "imageDigest": digest("a"),
                "imagePushedAt": "2026-01-30T00:00:00+00:00",
                "imageSizeInBytes": 5,
                "action": "EXPIRE",
                "appliedRulePriority": 3,
                "cascade": False,
                "cannotTell": True,
                "pushedMeanwhile": False,
            }
        ],
        "kept": [
            {
                "day": day,
                "at": f"2026-{date}T00:00:00+00:00",
                "images": 2,
                "bytes": size,
                "archivedImages": 0,
                "archivedBytes": 0,
            }
            for day, date, size in ((0, "01-31", 12), (1, "02-01", 18), (2, "02-02", 18))
        ],
    }


def test_the_first_image_with_a_tag_that_meets_a_pattern() -> None:
    found = foreseen(
        [rule(any_image() | pushed(14))], image("a", "x", days=12), image("b", "y", "v1", days=9)
    )
    first = found.first("v*")
    assert first is not None
    assert (first.day, first.image.digest) == (6, digest("b"))
    assert found.first("z*") is None


def busy(rules: list[dict[str, object]], *images: Image, days: int = 60) -> Forecast:
    """What happens to images of a repository while others are pushed in its rhythm."""
    repository = Repository("app", images)
    rhythm = Rhythm.of(repository, now=NOW, pushes_per_day=2)
    return forecast(policy(*rules), repository, now=NOW, days=days, rhythm=rhythm)


def test_an_image_that_a_rule_of_its_own_keeps_is_kept_beside_pushes() -> None:
    """The rule for `release-2021` counts one image, whatever is pushed."""
    releases = [
        image(digit, f"release-{2021 + at}", days=50 - 10 * at) for at, digit in enumerate("abcde")
    ]
    found = busy(
        [
            rule(patterns("release-2021") | count(1), priority=1),
            rule(patterns("release-*") | count(3), priority=2),
        ],
        *releases,
    )
    assert len(found.pushes) > 60
    assert "release-2021" in {tag for each in found.staying for tag in each.tags}
    assert {each.rule_priority for each in found.departures} == {2}
    assert found.first("release-2021") is None


def test_the_first_image_with_a_tag_is_none_that_is_pushed() -> None:
    versions = [image(digit, f"v{digit}", days=6 - int(digit)) for digit in "1245"]
    found = busy(
        [
            rule(patterns("prod") | count(100), priority=1),
            rule(patterns("v*") | count(2), priority=2),
        ],
        *versions,
        image("3", "v3", "prod", days=3),
        days=30,
    )
    assert any(each.image.digest in found.first_runs for each in found.departures)
    assert (found.first("v3"), found.first("prod"), found.first("v6")) == (None, None, None)
    first = found.first("v*")
    assert first
    assert first.image.digest == digest("1")


def test_a_preview_of_a_day_explains_it() -> None:
    found = foreseen(
        [rule(any_image() | pushed(14))], image("a", days=12), image("b", days=13), days=3
    )
    assert [result.image.digest for result in found.preview(3).results] == [digest("a")]
    assert "limit 14 d: older" in found.preview(3).explain(digest("a")).text()
    with pytest.raises(KeyError):
        found.preview(3).explain(digest("b"))


def test_days_are_those_of_utc() -> None:
    now = datetime(2026, 1, 31, 1, tzinfo=timezone(timedelta(hours=2)))
    repository = Repository("app", (image("a"),))
    found = forecast(policy(rule(any_image() | count(1))), repository, now=now, days=1)
    assert found.at(1) == datetime(2026, 1, 31, 23, tzinfo=UTC)
    assert found.at(1).tzinfo is UTC


@pytest.mark.parametrize("days", [0, -1, MAX_DAYS + 1])
def test_days_out_of_bounds(days: int) -> None:
    with pytest.raises(ValueError, match=rf"1 to 3650 days, not of `{days}`"):
        foreseen([rule(any_image() | count(1))], image("a"), days=days)


def test_days_beyond_the_calendar() -> None:
    late, repository = datetime(9999, 12, 30, tzinfo=UTC), Repository("app", (image("a"),))
    read = policy(rule(any_image() | count(1)))
    assert forecast(read, repository, now=late, days=1).departures == ()
    with pytest.raises(ValueError, match="the calendar ends before `2` days are over"):
        forecast(read, repository, now=late, days=2)


def test_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        forecast(
            policy(rule(any_image() | count(1))),
            Repository("app", ()),
            now=datetime(2026, 1, 31),
            days=1,
        )


def test_pushes_of_a_rhythm_are_those_of_the_forecast() -> None:
    repository = Repository("app", (image("a", "v1", days=2), image("b", "v2", days=1)))
    rhythm = Rhythm.of(repository, now=NOW, seed=3)
    read = policy(rule(any_image() | count(1)))
    found = forecast(read, repository, now=NOW, days=30, rhythm=rhythm)
    assert found.rhythm is rhythm
    assert found.pushes == rhythm.pushes(repository, now=NOW, days=30)
    assert len(found.departures) == 1 + len(found.pushes)
