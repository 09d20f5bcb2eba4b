"""How far texts come in patterns, a character at a time."""

from functools import reduce

import pytest

from ecrpolicy.pattern_walk import Item, PatternWalk, Places, Wild

WILDCARDS: dict[str, Item] = {"*": Wild.ANY, "?": Wild.ONE}


def walk_of(*patterns: str) -> PatternWalk:
    return PatternWalk([[WILDCARDS.get(each, each) for each in pattern] for pattern in patterns])


def come(walk: PatternWalk, text: str) -> Places:
    return reduce(walk.after, text, walk.start)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("", ["", "*", "**"]),
        ("a", ["*", "**", "?", "a", "a*", "*a"]),
        ("b", ["*", "**", "?"]),
        ("ab", ["*", "**", "a*", "a?", "??"]),
        ("aba", ["*", "**", "a*", "*a", "a?a"]),
        ("abc", ["*", "**", "a*"]),
    ],
)
def test_what_a_text_meets(text: str, met: list[str]) -> None:
    patterns = ["", "*", "**", "?", "a", "a*", "*a", "a?", "??", "a?a"]
    walk = walk_of(*patterns)
    bits = walk.met(come(walk, text))
    assert [each for at, each in enumerate(patterns) if bits >> at & 1] == met


def test_what_makes_a_difference() -> None:
    walk = walk_of("v1", "v*-x", "?z")
    assert walk.awaited(walk.start) == ["v"]
    assert walk.awaited(come(walk, "v")) == ["-", "1", "z"]
    assert walk.awaited(come(walk, "v-")) == ["-", "x"]
    assert walk.characters == set("v1-xz")


def test_all_else_leads_to_the_same_places() -> None:
    walk = walk_of("v1", "v*-x", "?z")
    assert come(walk, "vq") == come(walk, "v.") != come(walk, "v1")
