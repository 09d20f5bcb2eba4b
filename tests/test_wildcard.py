"""The wildcards of tag patterns and of scan filters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.wildcard import ScanFilter, ScanFilters, TagPattern
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


# Scan filters


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("prod", {"prod", "repo-prod", "prod-repo", "repo-prod-repo", "prodrepo"}),
        ("*prod", {"prod", "repo-prod"}),
        ("prod*", {"prod", "prod-repo", "prodrepo"}),
        ("*prod*", {"prod", "repo-prod", "prod-repo", "repo-prod-repo", "prodrepo"}),
        ("prod*repo", {"prod-repo", "prodrepo"}),
    ],
)
def test_a_scan_filter_matches_as_in_the_table_of_the_guide(text: str, matched: set[str]) -> None:
    """Amazon ECR User Guide, "Using filters"."""
    names = ("prod", "repo-prod", "prod-repo", "repo-prod-repo", "prodrepo")
    assert {name for name in names if ScanFilter.compile(text).matches(name)} == matched


@pytest.mark.parametrize(
    ("text", "name", "matches"),
    [
        ("*", "anything/at/all", True),
        ("**", "a", True),
        ("", "a", True),
        ("a/b", "x/a/b/c", True),
        ("a/b", "a/c/b", False),
        ("a*b", "xa/b", False),
        ("*a*b*", "xa/by", True),
        ("*a*b*", "b/a", False),
        ("a*a", "a", False),
        ("*aa*aa", "aaa", False),
        ("*aa*aa", "aaaa", True),
        ("prod*", "Prod", False),
        ("a?", "ab", False),
        ("a.", "ab", False),
    ],
)
def test_a_scan_filter_covers_or_is_contained(text: str, name: str, *, matches: bool) -> None:
    assert ScanFilter.compile(text).matches(name) is matches


def test_long_names_are_matched_in_a_time_that_grows_with_their_length() -> None:
    filters = ScanFilters.compile(("*a*a*a*a*a*a*a*a*b", "*" + "ab*" * 60, "a" * 300 + "b"))
    assert filters.first_match("a" * 100_000) is None
    assert filters.first_match("a" * 100_000 + "b") == 0
    assert filters.first_match("a" * 300 + "c" + "b") == 0


@pytest.mark.parametrize(
    ("texts", "name", "number"),
    [
        ((), "web", None),
        (("web",), "api", None),
        (("api", "web", "we*"), "web", 1),
        (("api", "*", "web"), "web", 1),
        (("", "web"), "api", 0),
        (("api/*", "ap", "a*"), "api", 1),
        # Longest pieces that begin alike, overlap, or contain each other.
        (("prod-web-1", "prod-web", "prod"), "prod-web", 1),
        (("prod-web", "web-1"), "prod-web-1", 0),
        (("xprod-web", "web-1"), "prod-web-1", 1),
        (("prod", "prod-web"), "prod-web", 0),
        (
            ("a-very-long-beginning-one", "a-very-long-beginning-two"),
            "a-very-long-beginning-two",
            1,
        ),
        (("the-same-beginning-one", "the-same-beginn"), "x-the-same-beginn", 1),
        (("x", "web", *"yyyyyy", "we", "eb"), "web", 1),
        (("x", *"yyyyyyy", "web", *"yyyyyyy", "eb"), "web", 8),
        # The name has the longest piece, but not the others.
        (("team*storefront*web", "team*"), "team/storefront", 1),
        (("a.b", "a+b"), "a+b", 1),
        (("[ab]", "(a|b)", "\\d"), "a", None),
        (("a\nb",), "xa\nby", 0),
    ],
)
def test_of_several_filters_the_first_that_matches_is_found(
    texts: tuple[str, ...], name: str, number: int | None
) -> None:
    assert ScanFilters.compile(texts).first_match(name) == number


def test_filters_are_equal_where_their_texts_are() -> None:
    filters = ScanFilters.compile(["prod", "*web"])
    assert filters == ScanFilters.compile(("prod", "*web"))
    assert filters != ScanFilters.compile(("*web", "prod"))
    assert [each.text for each in filters.filters] == ["prod", "*web"]


def test_as_many_filters_as_there_may_be_are_compiled_whatever_they_are() -> None:
    nested = ["a" * length + "b" for length in range(100)]
    assert ScanFilters.compile(nested).first_match("a" * 99 + "b") == 0
    assert ScanFilters.compile(nested[50:]).first_match("a" * 49 + "b") is None
    assert ScanFilters.compile(["a" * 100_000]).first_match("a" * 100_001) == 0
