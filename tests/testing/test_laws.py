"""The laws, each on steps made by hand: what breaks it, what it says, and what it lets pass."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ecrpolicy.snapshot import Image, StorageClass, TagMutability
from ecrpolicy.testing import laws
from ecrpolicy.testing.laws import LAWS
from ecrpolicy.testing.steps import ARCHIVED, RESTORED, Effect, Step, Times, When
from ecrpolicy.testing.whole_images import image, index, referrer

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
ONE = NOON + timedelta(hours=1)
APP = image(1)
OTHER = image(2)
BOTH = index([APP, OTHER])
SIGNATURE = referrer(APP)
PUSHED = {each.digest: each for each in (APP, OTHER, BOTH, SIGNATURE)}
ARCHIVE = StorageClass.ARCHIVE


def there(digest: str = APP.digest, /, **members: Any) -> Image:
    pushed = PUSHED[digest]
    known = {"manifests": pushed.manifests, "subject": pushed.subject}
    return Image(digest, NOON, **{**known, **members})


def step(before: list[Image], after: list[Image], **known: Any) -> Step:
    return Step(
        {each.digest: each for each in before},
        {each.digest: each for each in after},
        **{"effect": Effect(), "pushed": PUSHED, "times": Times(ONE, ONE), **known},
    )


def broken(taken: Step) -> list[str]:
    """The laws that a step breaks."""
    return [law.__name__ for law in LAWS if list(law(taken))]


def test_what_stays_breaks_no_law() -> None:
    images = [there(tags=("v1", "v2"), size_bytes=7), there(SIGNATURE.digest)]
    assert broken(step(images, images[::-1])) == []


def test_tags_are_in_no_order() -> None:
    assert broken(step([there(tags=("v1", "v2"))], [there(tags=("v2", "v1"))])) == []


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"tags": ("v1",)}, "`tags` of `{}`: expected none, found `v1`"),
        ({"size_bytes": 3}, "`size_bytes` of `{}`: expected `0`, found `3`"),
        (
            {"storage_class": ARCHIVE},
            "`storage_class` of `{}`: expected `standard`, found `archive`",
        ),
        (
            {"archived_at": ONE},
            "`archived_at` of `{}`: expected none, found `2026-02-01T13:00:00+00:00`",
        ),
        (
            {"activated_at": ONE},
            "`activated_at` of `{}`: expected none, found `2026-02-01T13:00:00+00:00`",
        ),
        (
            {"artifact_media_type": "a/b"},
            "`artifact_media_type` of `{}`: expected none, found `a/b`",
        ),
    ],
)
def test_what_a_step_is_not_about_stays(members: dict[str, Any], told: str) -> None:
    taken = step([there()], [there(**members)])
    assert list(laws.the_rest_stays_as_it_is(taken)) == [told.format(APP.digest)]


def test_scans_take_their_time() -> None:
    assert broken(step([there()], [there(scanned_at=ONE)])) == []


def test_what_a_step_sets_is_set() -> None:
    effect = Effect({APP.digest: {"tags": ("v1", "v2")}})
    tagged = [there(tags=("v1",))]
    assert broken(step(tagged, [there(tags=("v2", "v1"))], effect=effect)) == []
    told = list(laws.a_step_does_what_it_is_for(step(tagged, tagged, effect=effect)))
    assert told == [f"`tags` of `{APP.digest}`: expected `v1`, `v2`, found `v1`"]


def test_what_is_to_go_goes_and_nothing_else() -> None:
    effect = Effect(gone=frozenset((APP.digest,)))
    both = [there(), there(OTHER.digest)]
    assert broken(step(both, both[1:], effect=effect)) == []
    assert broken(step(both, both, effect=effect)) == ["a_step_does_what_it_is_for"]
    assert broken(step(both, both[:1])) == ["nothing_goes_by_itself"]
    assert broken(step(both[:1], both)) == ["nothing_comes_by_itself"]


def test_what_is_refused_takes_no_effect() -> None:
    taken = step([there()], [], effect=Effect(refused="`v1` would move"))
    told = next(laws.what_is_refused_takes_no_effect(taken))
    assert told == (
        "a request was refused (`v1` would move), and took effect: "
        f"`{APP.digest}` was there, and went by itself"
    )


def test_a_tag_is_on_one_image_and_once() -> None:
    twice = [there(tags=("v1", "v1"))]
    assert list(laws.each_tag_is_on_one_image(step(twice, twice))) == [
        f"`v1` is on `{APP.digest}`, and on `{APP.digest}` too"
    ]
    two = [there(tags=("v1",)), there(OTHER.digest, tags=("v1",))]
    assert broken(step(two, two)) == ["each_tag_is_on_one_image"]


def test_immutable_tags_stay() -> None:
    taken = step(
        [there(tags=("v1",)), there(OTHER.digest)],
        [there(), there(OTHER.digest, tags=("v1",))],
        mutability=TagMutability.IMMUTABLE,
    )
    assert list(laws.immutable_tags_do_not_move(taken)) == [
        f"the immutable `v1` was on `{APP.digest}`, and is on `{OTHER.digest}`"
    ]
    assert "immutable_tags_do_not_move" in broken(taken)
    mutable = replace(taken, mutability=TagMutability.MUTABLE)
    assert list(laws.immutable_tags_do_not_move(mutable)) == []


# Times


def seconds(number: float) -> datetime:
    return ONE + timedelta(seconds=number)


@pytest.mark.parametrize(
    ("found", "laws_broken"),
    [
        (ONE, []),
        (seconds(-1), []),  # told in whole seconds
        (seconds(1), []),
        (seconds(-2), ["times_are_those_of_the_step"]),
        (seconds(2), ["times_are_those_of_the_step"]),
        (None, ["times_are_those_of_the_step"]),
    ],
)
def test_what_is_archived_says_when(found: datetime | None, laws_broken: list[str]) -> None:
    effect = Effect({APP.digest: ARCHIVED})
    archived = there(storage_class=ARCHIVE, archived_at=found)
    assert broken(step([there()], [archived], effect=effect)) == laws_broken


def test_without_a_clock_some_time_must_be_told() -> None:
    effect = Effect({APP.digest: RESTORED})
    archived = there(storage_class=ARCHIVE, archived_at=NOON)
    restored = replace(archived, storage_class=StorageClass.STANDARD, activated_at=NOON)
    assert broken(step([archived], [restored], effect=effect, times=None)) == []
    untold = replace(restored, activated_at=None)
    taken = step([archived], [untold], effect=effect, times=None)
    assert list(laws.times_are_those_of_the_step(taken)) == [
        f"`activated_at` of `{APP.digest}` is none, and not a time"
    ]


@pytest.mark.parametrize("found", [NOON, ONE])
def test_what_is_archived_again_may_keep_its_time(found: datetime) -> None:
    archived = there(storage_class=ARCHIVE, archived_at=NOON)
    effect = Effect({APP.digest: {"archived_at": When.NOW_OR_BEFORE}})
    assert broken(step([archived], [replace(archived, archived_at=found)], effect=effect)) == []


@pytest.mark.parametrize("member", ["pulled_at", "archived_at", "activated_at"])
@pytest.mark.parametrize("now", [None, NOON])
def test_no_time_goes_back(member: str, now: datetime | None) -> None:
    before, after = there(**{member: ONE}), there(**{member: now})
    assert list(laws.times_do_not_go_back(step([before], [after]))) == [
        f"`{member}` of `{APP.digest}` was `{ONE.isoformat()}`, and is "
        + ("none" if now is None else f"`{NOON.isoformat()}`")
    ]


# Pulls


def pulled(found: datetime | None, *, hours_ago: float) -> Step:
    """A step after an image was pulled once, so long ago."""
    at = ONE - timedelta(hours=hours_ago)
    pulls = {APP.digest: Times(at, at)}
    return step([there()], [there(pulled_at=found)], pulled=pulls)


def test_a_pull_may_be_recorded_within_a_day() -> None:
    assert broken(pulled(None, hours_ago=24)) == []
    assert broken(pulled(None, hours_ago=25)) == ["pulls_are_recorded"]
    assert broken(pulled(ONE, hours_ago=25)) == []


def test_a_pull_within_a_day_of_the_recorded_one_may_be_left_out() -> None:
    """Amazon ECR API Reference, "ImageDetail", `lastRecordedPullTime`: of pulls once an hour."""
    last = ONE - timedelta(hours=30)
    for hours, laws_broken in ((23, []), (25, ["pulls_are_recorded"])):
        found = last - timedelta(hours=hours)
        image = there(pulled_at=found)
        pulls = {APP.digest: Times(found, last)}
        assert broken(step([image], [image], pulled=pulls)) == laws_broken


def test_a_pull_is_not_recorded_before_it_was_nor_later_than_now() -> None:
    assert broken(pulled(ONE - timedelta(hours=2), hours_ago=1)) == ["pulls_are_recorded"]
    assert broken(pulled(ONE + timedelta(hours=2), hours_ago=1)) == ["pulls_are_recorded"]


def test_what_nobody_pulled_has_no_pull() -> None:
    image = there(pulled_at=NOON)
    assert broken(step([image], [image])) == ["pulls_are_recorded"]
    assert broken(step([image], [image], pulled={APP.digest: None}, times=None)) == []


# Manifests, indexes and referrers


@pytest.mark.parametrize(
    "members",
    [
        {"manifest_media_type": BOTH.media_type},
        {"subject": OTHER.digest},
        {"manifests": (OTHER.digest,)},
    ],
)
def test_what_is_told_of_a_manifest_is_so(members: dict[str, Any]) -> None:
    image = there(**members)
    assert broken(step([image], [image])) == ["what_is_told_of_a_manifest_is_so"]


def test_an_index_loses_no_child() -> None:
    before = [there(), there(OTHER.digest), there(BOTH.digest)]
    effect = Effect(gone=frozenset((APP.digest,)))
    taken = step(before, before[1:], effect=effect)
    assert broken(taken) == ["children_stay_while_their_index_stands"]
    assert list(laws.children_stay_while_their_index_stands(taken)) == [
        f"`{APP.digest}` is gone, and its index `{BOTH.digest}` is there"
    ]
    without = step(before[1:], before[1:])
    assert broken(without) == []  # it was lost while the index was archived


def test_an_archived_index_may_lose_a_child() -> None:
    archived = there(BOTH.digest, storage_class=ARCHIVE)
    effect = Effect(gone=frozenset((APP.digest,)))
    assert broken(step([there(), archived], [archived], effect=effect)) == []


def test_an_index_is_as_large_as_the_largest_of_its_images() -> None:
    before, after = there(BOTH.digest, size_bytes=9), there(BOTH.digest, size_bytes=4)
    assert broken(step([before], [after])) == []


def test_a_referrer_goes_with_its_subject_whatever_index_lists_it() -> None:
    held = index([SIGNATURE])
    listing = replace(there(BOTH.digest), digest=held.digest, manifests=held.manifests)
    pushed = {**PUSHED, held.digest: held}
    effect = Effect(gone=frozenset((APP.digest, SIGNATURE.digest)))
    before = [there(), there(SIGNATURE.digest), listing]
    assert broken(step(before, [listing], effect=effect, pushed=pushed)) == []


FOLLOWERS = frozenset((SIGNATURE.digest,))


def test_a_referrer_may_go_when_its_subject_is_gone_by_hand() -> None:
    signature = there(SIGNATURE.digest)
    assert broken(step([signature], [], followers=FOLLOWERS)) == []
    assert broken(step([signature], [signature], followers=FOLLOWERS)) == []
    assert broken(step([signature], [])) == ["nothing_goes_by_itself"]
    stays = step([there(), signature], [there()], followers=FOLLOWERS)
    assert broken(stays) == ["nothing_goes_by_itself"]


def test_a_referrer_may_be_where_its_subject_was_moved_to_by_hand() -> None:
    archived = there(storage_class=ARCHIVE, archived_at=NOON)
    signature = there(SIGNATURE.digest, tags=("sig",))
    moved = replace(signature, storage_class=ARCHIVE, archived_at=ONE)
    before = [archived, signature]
    assert broken(step(before, before, followers=FOLLOWERS)) == []
    assert broken(step(before, [archived, moved], followers=FOLLOWERS)) == []
    assert broken(step(before, [archived, moved])) == ["the_rest_stays_as_it_is"]
    without_time = replace(moved, archived_at=None)
    assert broken(step(before, [archived, without_time], followers=FOLLOWERS)) == [
        "times_are_those_of_the_step"
    ]
    without_tag = replace(moved, tags=())
    assert broken(step(before, [archived, without_tag], followers=FOLLOWERS)) == [
        "the_rest_stays_as_it_is"
    ]
