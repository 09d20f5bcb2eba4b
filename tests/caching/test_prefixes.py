"""Prefixes of repository names."""

import pytest

from ecrpolicy.caching.prefixes import Prefixes, below


@pytest.mark.parametrize(
    ("prefix", "name", "rest"),
    [
        ("team", "team/web", "web"),
        ("team/", "team/web", "web"),
        ("team", "team/web/api", "web/api"),
        ("team/web", "team/web/api", "api"),
        ("team", "teams/web", None),
        ("team", "team", None),
        ("team", "team/", None),
        ("team", "web/team/web", None),
        ("team/web", "team", None),
        ("ROOT", "web", "web"),
        ("ROOT", "team/web", "team/web"),
        ("ROOT", "ROOT/web", "ROOT/web"),
    ],
)
def test_a_name_is_below_a_prefix_with_a_slash_after_it(
    prefix: str, name: str, rest: str | None
) -> None:
    assert below(prefix, name) == rest


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("web", "root"),
        ("team", "root"),
        ("team/api", "team"),
        ("team/web", "team"),
        ("team/web/api", "team/web"),
        ("team/web/api/deep", "team/web"),
        ("team/webs/api", "team"),
        ("teams/web", "root"),
        ("team/", "root"),
        ("/web", "root"),
        ("", "root"),
    ],
)
def test_the_longest_prefix_wins_and_root_takes_what_is_left(name: str, found: str) -> None:
    pairs = [("team", "team"), ("ROOT", "root"), ("team/web/", "team/web"), ("api/", "api")]
    for order in (pairs, pairs[::-1]):
        assert Prefixes.compile(order).find(name) == found
    without_root = Prefixes.compile(pair for pair in pairs if pair[0] != "ROOT")
    assert without_root.find(name) == (None if found == "root" else found)


def test_of_two_equal_prefixes_the_first_counts() -> None:
    assert Prefixes.compile([("team/", 1), ("team", 2)]).find("team/web") == 1
    assert Prefixes.compile([("ROOT", 1), ("ROOT", 2)]).find("web") == 1
    assert Prefixes.compile([]).find("web") is None


def test_a_name_of_very_many_parts_is_looked_up_part_by_part() -> None:
    name = "a/" * 100_000 + "web"
    assert Prefixes.compile([("a", 1), ("a/b", 2)]).find(name) == 1
