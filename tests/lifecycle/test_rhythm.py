"""How often images are pushed, by the families of their tags."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ecrpolicy.lifecycle import Rhythm, rhythm
from ecrpolicy.lifecycle.rhythm import Family
from ecrpolicy.snapshot import Image, Repository, StorageClass
from tests.builders import INDEX, NOW, ago, digest, image


def names(*images: Image) -> dict[str, float]:
    """The families of some images, and their pushes a day."""
    found = Rhythm.of(Repository("app", images), now=NOW)
    return {family.name: family.per_day for family in found.families}


def of_ages(*ages: float) -> list[Image]:
    """Images of one family, pushed so many days ago."""
    return [image("0123456789abcdef"[at], f"v{at}", days=age) for at, age in enumerate(ages)]


def test_the_rhythm_is_that_of_the_newer_half() -> None:
    """Of five images three tell: two pushes in the 8 days since the oldest of them."""
    (family,) = Rhythm.of(Repository("app", tuple(of_ages(99, 50, 8, 4, 3))), now=NOW).families
    assert (family.name, family.per_day, family.telling) == ("v*", 0.25, 3)
    assert len(family.members) == 5


def test_an_old_image_that_a_rule_of_its_own_keeps_tells_nothing() -> None:
    """Ten images, one a day, and one of five years ago: of the newer six, five in 6 days."""
    assert names(*of_ages(1825, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)) == {"v*": pytest.approx(5 / 6)}


def test_what_was_pushed_within_the_last_day_counts_as_a_whole() -> None:
    """The newer half is of the last hours, and so are two more: four pushes after the first."""
    assert names(*of_ages(30, 0.5, 0.4, 0.3, 0.2, 0.1)) == {"v*": 4.0}


def test_a_family_that_has_come_to_rest_has_a_slow_rhythm() -> None:
    images = (image("a", "v1", days=100), image("b", "v2", days=99))
    assert names(*images) == {"v*": 0.01}


def test_pushes_of_one_day_are_no_more_than_so_many_a_day() -> None:
    images = [image(digit, f"v{number}", days=0.01) for number, digit in enumerate("abc")]
    assert names(*images) == {"v*": 2.0}


def test_one_push_has_no_rhythm() -> None:
    assert names(image("a", "v1", days=3), image("b", "x1", days=3)) == {}


def test_an_image_is_of_the_family_with_the_longest_name() -> None:
    images = (
        image("a", "v1.2.3", "v1.2", "v1", days=2),
        image("b", "v1.2.2", "1", days=4),
    )
    assert names(*images) == {"v*.*.*": 0.25}


def test_tags_without_a_number_move_and_are_no_family() -> None:
    images = (image("a", "latest", days=2), image("b", "stable", "v1", days=4))
    assert names(*images, image("c", "v2", days=2)) == {"v*": 0.25}


def test_images_without_a_tag_are_a_family() -> None:
    assert names(image("a", days=2), image("b", days=4)) == {"": 0.25}


def test_children_and_referrers_are_no_family_of_their_own() -> None:
    index = image("e", "v1", days=4, manifests=(digest("a"), digest("b")))
    images = (image("a", days=4), image("b", days=4), image("c", days=4, subject=digest("e")))
    assert names(index, *images) == {}


def test_a_referrer_without_its_subject_is_an_image_like_any_other() -> None:
    images = (image("a", days=4, subject=digest("f")), image("b", days=2))
    assert names(*images) == {"": 0.25}


def test_what_is_pushed_after_now_tells_nothing() -> None:
    images = (image("a", "v1", days=4), image("b", "v2", days=2), image("c", "v3", days=-1))
    assert names(*images) == {"v*": 0.25}


def test_so_many_a_day_are_shared_in_the_proportions_of_the_families() -> None:
    """One push in 4 days, and 3 of the newer 4 in 4 days: a quarter and three quarters a day."""
    images = (
        image("1", "v1", days=4),
        image("2", "v2", days=2),
        image("3", "x12", days=12),
        *(image(digit, f"x{number}", days=4) for number, digit in enumerate("4567")),
        image("8", "x9", days=13),
        image("9", "x10", days=14),
        image("a", "x11", days=15),
    )
    found = Rhythm.of(Repository("app", images), now=NOW, pushes_per_day=5)
    assert {family.name: round(family.per_day, 9) for family in found.families} == {
        "v*": 1.25,
        "x*": 3.75,
    }


def test_a_repository_without_a_rhythm_gets_none() -> None:
    repository = Repository("app", (image("a"),))
    assert Rhythm.of(repository, now=NOW).families == ()
    with pytest.raises(ValueError, match="`5` pushes a day cannot be made up: no two tags"):
        Rhythm.of(repository, now=NOW, pushes_per_day=5)


# Pushes

TWO = (image("a", "v1", "latest", days=4, size_bytes=5), image("b", "v2", days=2, size_bytes=7))


def pushed(*images: Image, days: int = 400, seed: int = 1) -> tuple[Image, ...]:
    """What is pushed to a repository of some images."""
    repository = Repository("app", images)
    return Rhythm.of(repository, now=NOW, seed=seed).pushes(repository, now=NOW, days=days)


def test_pushes_come_after_now_and_within_the_days() -> None:
    times = [each.pushed_at for each in pushed(*TWO)]
    assert min(times) > NOW
    assert max(times) <= NOW + timedelta(days=400)
    assert times == sorted(times)


def test_there_are_about_as_many_as_the_rhythm_says() -> None:
    """A quarter a day for 400 days: 100, give or take four standard deviations of 10."""
    assert 60 <= len(pushed(*TWO)) <= 140


def test_the_same_seed_makes_the_same_pushes() -> None:
    assert pushed(*TWO, seed=2) == pushed(*TWO, seed=2)
    assert pushed(*TWO, seed=2) != pushed(*TWO, seed=3)


def test_a_longer_time_adds_pushes_and_changes_none() -> None:
    shorter = pushed(*TWO, days=100)
    assert pushed(*TWO, days=200)[: len(shorter)] == shorter


def test_a_push_is_a_copy_with_tags_that_go_on() -> None:
    found = pushed(*TWO)
    assert [each.tags for each in found] == [(f"v{3 + at}",) for at in range(len(found))]
    assert {each.size_bytes for each in found} == {5, 7}
    assert len({each.digest for each in found}) == len(found)
    assert not {each.digest for each in found} & {digest("a"), digest("b")}


def test_no_two_images_have_a_tag_in_common() -> None:
    images = (
        image("a", "v1.2.3", "v1.2", "v1", "latest", days=4),
        image("b", "v1.2.2", days=5),
        image("c", "v0.9", days=6),
        image("d", "v0.8", days=6),
        image("e", "main-3fa9c1e", days=3),
        image("f", "main-4fa9c1e", "v9", days=6),
    )
    tags = [tag for each in (*images, *pushed(*images)) for tag in each.tags]
    assert len(set(tags)) == len(tags) > 100


def test_pushes_come_in_the_order_of_their_times() -> None:
    images = (*TWO, image("c", "main-1", days=4), image("d", "main-2", days=2))
    times = [each.pushed_at for each in pushed(*images)]
    assert times == sorted(times)


def test_a_push_was_never_pulled_nor_archived() -> None:
    worn = [
        replace(
            each,
            pulled_at=ago(1),
            archived_at=ago(1),
            activated_at=ago(1),
            storage_class=StorageClass.ARCHIVE,
        )
        for each in TWO
    ]
    assert {
        (each.pulled_at, each.archived_at, each.activated_at, each.storage_class)
        for each in pushed(*worn)
    } == {(None, None, None, StorageClass.STANDARD)}


def test_children_and_referrers_are_pushed_along() -> None:
    def index(digit: str, child: str, days: float) -> Image:
        held = (digest(child), digest("f"))
        return image(digit, f"v{digit}", days=days, manifests=held, manifest_media_type=INDEX)

    found = pushed(
        index("1", "a", 4),
        index("2", "b", 2),
        image("a", days=4),
        image("b", days=2),
        image("3", "sig", days=4, subject=digest("a")),
        days=40,
    )
    by_digest = {each.digest: each for each in found}
    indexes = [each for each in found if each.tags]
    assert {tag for each in indexes for tag in each.tags} == {
        f"v{3 + at}" for at in range(len(indexes))
    }
    has_referrer = []
    for each in indexes:
        child, absent = each.manifests or ()
        assert by_digest[child].pushed_at == each.pushed_at
        assert absent == digest("f")
        referrers = [one for one in found if one.subject == child]
        has_referrer.append(len(referrers))
    assert set(has_referrer) == {0, 1}


def test_an_index_whose_children_are_unknown_is_copied_as_one() -> None:
    images = [replace(each, manifest_media_type=INDEX) for each in TWO]
    found = pushed(*images)
    assert all(each.has_unknown_children for each in found)


@pytest.mark.parametrize("most", [10, 100])
def test_too_many_pushes_are_refused(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once where twice as many are expected, else when there are too many."""
    rate = sum(each.per_day for each in Rhythm.of(Repository("app", TWO), now=NOW).families)
    days = round(1.8 * most / rate)
    monkeypatch.setattr(rhythm, "MAX_PUSHED", most)
    for several in (days, 2 * days):
        with pytest.raises(ValueError, match=f"more than {most} images would be pushed"):
            pushed(*TWO, days=several)


def test_what_is_carried_twice_is_pushed_once() -> None:
    """The child of two indexes that hold each other has one copy with each push."""
    images = (
        image("e", "v2", days=1, manifests=(digest("a"), digest("d"))),
        image("d", days=1, manifests=(digest("a"), digest("e"))),
        image("a", days=1),
    )
    made = Rhythm((Family("v*", 1.0, 2, images[:1]),)).pushes(
        Repository("app", images), now=NOW, days=3
    )
    times = [each.pushed_at for each in made]
    assert made
    assert {times.count(time) for time in times} == {3}


def test_a_rhythm_is_plain_json() -> None:
    """Of the ages 2 and 4 both tell: one push in the 4 days since."""
    repository = Repository("app", (image("a", "v1", days=4), image("b", "v2", days=2)))
    assert Rhythm.of(repository, now=NOW, seed=7).to_json() == {
        "seed": 7,
        "families": [{"tags": "v*", "images": 2, "tellingImages": 2, "pushesPerDay": 0.25}],
    }
