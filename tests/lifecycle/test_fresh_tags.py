"""Tags for images to come."""

import re

import pytest

from ecrpolicy.lifecycle.fresh_tags import FreshTags, family_name


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("v1.2.3", "v*.*.*"),
        ("pr-1215", "pr-*"),
        ("main-3fa9c1e", "main-*"),
        ("3fa9c1e0b2d4", "*"),
        ("2026-01-31", "*-*-*"),
        ("1.2.3-rc1", "*.*.*-rc*"),
        ("latest", "latest"),
        ("deadbeef", "deadbeef"),
        ("facade1", "*"),
        ("ab12", "ab*"),
        ("release", "release"),
        ("", ""),
    ],
)
def test_the_name_of_a_family_has_a_star_for_what_differs(tag: str, name: str) -> None:
    assert family_name(tag) == name


def following(tag: str, *others: str, number: int = 2) -> list[str | None]:
    """The next tags after one of several."""
    tags = FreshTags([tag, *others], seed=1)
    return [tags.after(tag) for _ in range(number)]


def test_a_number_goes_on_after_the_greatest() -> None:
    assert following("v1", "v7", "v3") == ["v8", "v9"]
    assert following("pr-1215", "pr-99") == ["pr-1216", "pr-1217"]


def test_a_number_goes_on_in_its_place() -> None:
    """After `v1.8` comes `v1.9`, whatever there is of `v2`."""
    assert following("v1.8", "v2.4", "v1.3") == ["v1.9", "v1.10"]


def test_the_last_number_that_differs_goes_on() -> None:
    assert following("v1.2.0-arm64", "v1.3.0-arm64") == ["v1.4.0-arm64", "v1.5.0-arm64"]
    assert following("v1.2.0-arm64", "v9.2.0-arm64") == ["v10.2.0-arm64", "v11.2.0-arm64"]
    assert following("v1.2.0-arm64") == ["v1.2.0-arm65", "v1.2.0-arm66"]


def test_zeros_in_front_stay() -> None:
    assert following("build-007", "build-009") == ["build-010", "build-011"]
    assert following("2026-01-31", "2026-01-30") == ["2026-01-32", "2026-01-33"]


def test_an_id_is_followed_by_another_that_is_as_long() -> None:
    tags = FreshTags(["main-3fa9c1e", "main-4fa9c1e"], seed=1)
    made = [tags.after("main-3fa9c1e") or "" for _ in range(1000)]
    assert len({*made, "main-3fa9c1e", "main-4fa9c1e"}) == 1002
    assert all(re.fullmatch("main-[0-9a-f]{7}", each) for each in made)
    assert {family_name(each) for each in made} == {"main-*"}


def test_a_seed_makes_the_same_ids() -> None:
    one, same, other = (FreshTags(["main-3fa9c1e"], seed) for seed in (1, 1, 2))
    assert one.after("main-3fa9c1e") == same.after("main-3fa9c1e") != other.after("main-3fa9c1e")


def test_tags_of_one_image_do_not_meet() -> None:
    tags = FreshTags(["v1.2", "v1", "v1.3"], seed=1)
    assert [tags.after(each) for each in ("v1.2", "v1", "v1.3", "v1")] == [
        "v1.4",
        "v2",
        "v1.5",
        "v3",
    ]


@pytest.mark.parametrize("tag", ["latest", "deadbeef", "", "*", "a*b"])
def test_a_tag_without_a_number_has_none_after_it(tag: str) -> None:
    assert following(tag, number=1) == [None]


def test_a_tag_that_gets_too_long_has_none_after_it() -> None:
    assert following("x" * 127 + "8") == ["x" * 127 + "9", None]
    assert following("9" * 5000, number=1) == [None]


def test_a_star_in_a_tag_is_no_number() -> None:
    assert following("1**", "1*2") == ["2**", "3**"]


def test_an_id_of_letters_alone_is_passed_over() -> None:
    """The SHA-512 of `2999/main-//0` begins with `fcabdcc`, and that with a 1 with `a2b5cd4`."""
    assert FreshTags(["main-3fa9c1e"], seed=2999).after("main-3fa9c1e") == "main-a2b5cd4"
