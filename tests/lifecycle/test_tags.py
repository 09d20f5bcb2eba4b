"""Many images' tags as one text, held against a look at each tag."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.lifecycle import CountType, Selection, TagStatus
from ecrpolicy.lifecycle.tags import TagText, patterns
from ecrpolicy.wildcard import TagPattern
from tests.reference.lifecycle import pattern_covers

ALPHABET = "ab*\0\n\x01"

tag_lists = st.lists(st.lists(st.text(ALPHABET, max_size=5), max_size=3), max_size=6)


def one_by_one(tags: Sequence[Sequence[str]], pattern: str) -> list[int]:
    """The images that have a tag which the pattern covers, by a look at each tag."""
    return [
        index
        for index, of_image in enumerate(tags)
        if any(pattern_covers(pattern, tag) for tag in of_image)
    ]


@given(tags=tag_lists, pattern=st.text(ALPHABET, max_size=6))
def test_a_pattern_is_met_as_if_each_tag_was_looked_at(tags: list[list[str]], pattern: str) -> None:
    assert TagText(tags).meeting(TagPattern.compile(pattern)) == one_by_one(tags, pattern)


@given(tags=tag_lists, prefix=st.text(ALPHABET, max_size=4))
def test_a_prefix_is_met_as_if_each_tag_was_looked_at(tags: list[list[str]], prefix: str) -> None:
    met = [
        index
        for index, of_image in enumerate(tags)
        if any(tag.startswith(prefix) for tag in of_image)
    ]
    assert TagText(tags).meeting(TagPattern((prefix, ""))) == met


TAGS = (
    ("prod-1", "latest"),
    (),
    ("prod",),
    ("preprod", "x", "prod-2"),
    ("",),
    ("prod-prod",),
    ("a\0b", "\n"),
    ("latest",),
)


@pytest.mark.parametrize(
    ("pattern", "images"),
    [
        ("prod", [2]),
        ("prod*", [0, 2, 3, 5]),
        ("*prod", [2, 3, 5]),
        ("*prod*", [0, 2, 3, 5]),
        ("prod*prod", [5]),
        ("*o*-*", [0, 3, 5]),
        ("p*d", [2, 3, 5]),
        ("*", [0, 2, 3, 4, 5, 6, 7]),
        ("****", [0, 2, 3, 4, 5, 6, 7]),
        ("", [4]),
        ("?rod", []),
        ("[p]rod", []),
        (".*", []),
        ("\n", [6]),
        ("a*b", [6]),
        ("*\0*", [6]),
        ("\0", []),
        ("prod\0", []),
        ("\0prod", []),
        ("1\0latest", []),
        ("*1\0l*", []),
        ("\x01*", []),
        ("*\x01", []),
        ("*\x01*", []),
        ("latest\x01\x01prod", []),
    ],
)
def test_a_pattern_is_met_by_the_images_that_have_such_a_tag(
    pattern: str, images: list[int]
) -> None:
    assert TagText(TAGS).meeting(TagPattern.compile(pattern)) == images


@pytest.mark.parametrize("pattern", ["*", "a", "a*", "*a", "*a*", "", "\0", "*\0*"])
def test_no_tags_meet_no_pattern(pattern: str) -> None:
    assert TagText([]).meeting(TagPattern.compile(pattern)) == []
    assert TagText([[], []]).meeting(TagPattern.compile(pattern)) == []


def test_an_image_is_met_once_however_many_of_its_tags_fit() -> None:
    assert TagText([["a1", "a2"], ["b"], ["a3", "b", "a4"]]).meeting(TagPattern.compile("a*")) == [
        0,
        2,
    ]


# What a search that tries every place would not finish in a lifetime.
@pytest.mark.parametrize(
    ("pattern", "met"),
    [("*a*a*a*b", False), ("*a*a*a*a", True), ("a*a*a*a*b", False), ("*ab*ab*ab*", False)],
)
def test_long_tags_are_searched_in_a_time_that_grows_with_their_length(
    pattern: str, *, met: bool
) -> None:
    tags = [["a" * 300], ["a" * 100_000], ["a" * 99_999 + "c", "x"]]
    expected = [index for index in (0, 1) if met]
    assert TagText(tags).meeting(TagPattern.compile(pattern)) == expected


def _selection(**lists: tuple[str, ...]) -> Selection:
    return Selection(
        tag_status=TagStatus.TAGGED,
        count_type=CountType.IMAGE_COUNT_MORE_THAN,
        count_number=1,
        tag_prefix_list=lists.get("prefixes"),
        tag_pattern_list=lists.get("entries"),
    )


def test_the_entries_of_a_rule_become_patterns() -> None:
    assert patterns(_selection(entries=("v*-rc*", "x"))) == (
        TagPattern(("v", "-rc", "")),
        TagPattern(("x",)),
    )


def test_a_star_in_a_prefix_is_a_character() -> None:
    (prefix,) = patterns(_selection(prefixes=("v*",)))
    assert prefix.matches("v*1")
    assert not prefix.matches("v1")
