"""The wildcard of tag patterns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.wildcard import TagPattern
from tests.reference.lifecycle import pattern_covers


@pytest.mark.parametrize(
    ("pattern", "tag", "covers"),
    [
        ("", "", True),
        ("", "a", False),
        ("*", "", True),
        ("*", "anything", True),
        ("prod", "prod", True),
        ("prod", "prod-1", False),
        ("prod", "Prod", False),
        ("prod*", "prod", True),
        ("prod*", "preprod", False),
        ("*prod", "preprod", True),
        ("*prod", "prod-1", False),
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("aba*aba", "ababa", False),
        ("aba*aba", "abaaba", True),
        ("*ab", "abab", True),
        ("*ab*ab*", "ab", False),
        ("*ab*ab*", "abab", True),
        ("*aab*ab*", "aaabab", True),
        ("v*.*.0", "v1.2.0", True),
        ("v*.*.0", "v1.0", False),
        ("a**b", "ab", True),
        ("****", "", True),
        ("v?", "v1", False),
        ("v?", "v?", True),
        ("[ab]", "a", False),
        ("[ab]", "[ab]", True),
        ("v.", "v1", False),
        ("a\\*", "a*", False),
        ("*\n*", "a\nb", True),
        ("a*", "a\nb", True),
    ],
)
def test_a_pattern_covers_the_whole_tag(pattern: str, tag: str, *, covers: bool) -> None:
    assert TagPattern.compile(pattern).matches(tag) is covers


def test_a_pattern_is_cut_at_its_wildcards() -> None:
    assert TagPattern.compile("v*-rc**").parts == ("v", "-rc", "", "")
    assert TagPattern.compile("v1").parts == ("v1",)


def test_long_tags_are_matched_in_a_time_that_grows_with_their_length() -> None:
    pattern = TagPattern.compile("*a*a*a*a*a*a*a*a*b")
    assert not pattern.matches("a" * 300)
    assert not pattern.matches("a" * 100_000)
    assert pattern.matches("a" * 100_000 + "b")


@given(pattern=st.text("ab*\n", max_size=8), tag=st.text("ab*\n", max_size=10))
def test_a_pattern_covers_what_every_way_to_read_it_covers(pattern: str, tag: str) -> None:
    assert TagPattern.compile(pattern).matches(tag) is pattern_covers(pattern, tag)


@given(parts=st.lists(st.text("ab", max_size=3), min_size=2, max_size=5), data=st.data())
def test_a_tag_made_of_a_pattern_is_covered(parts: list[str], data: st.DataObject) -> None:
    between = [data.draw(st.text("ab", max_size=3)) for _ in parts[1:]]
    tag = parts[0] + "".join(a + b for a, b in zip(between, parts[1:], strict=True))
    assert TagPattern.compile("*".join(parts)).matches(tag)
