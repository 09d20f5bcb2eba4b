"""The shortest tags that tell patterns apart."""

import re
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.lifecycle.tag_kinds import TagKinds
from ecrpolicy.wildcard import TagPattern


def kinds(*patterns: str) -> dict[tuple[str, ...], str]:
    """The patterns that each kind of tag meets, and its shortest tag."""
    found = TagKinds(list(map(TagPattern.compile, patterns)))
    assert found.is_complete
    return {
        tuple(pattern for at, pattern in enumerate(patterns) if kind >> at & 1): tag
        for kind, tag in found.tags.items()
    }


def test_a_pattern_and_what_does_not_meet_it() -> None:
    assert kinds("v*") == {("v*",): "v", (): "x"}


def test_a_word_and_its_beginning() -> None:
    assert kinds("v*", "v1") == {(): "x", ("v*",): "v", ("v*", "v1"): "v1"}


def test_patterns_that_overlap() -> None:
    found = kinds("prod-*", "*-arm")
    assert found[("prod-*", "*-arm")] == "prod-arm"
    assert set(found) == {(), ("prod-*",), ("*-arm",), ("prod-*", "*-arm")}


def test_no_pattern_at_all() -> None:
    assert kinds() == {(): "x"}


def test_the_empty_tag_is_none() -> None:
    assert kinds("*") == {("*",): "x"}
    assert kinds("") == {(): "x"}


def test_a_word_that_is_longer_than_a_tag_can_be() -> None:
    assert set(kinds("a" * 128)) == {(), ("a" * 128,)}
    assert set(kinds("a" * 129)) == {()}


def tags_of(kind: tuple[str, ...], *patterns: str, number: int) -> list[str]:
    """So many tags of the kind that meets some patterns, of others not."""
    found = TagKinds(list(map(TagPattern.compile, patterns)))
    bits = sum(1 << at for at, pattern in enumerate(patterns) if pattern in kind)
    made = list(islice(found.distinct(bits), number))
    if len(made) < number:
        assert found.count(bits) == len(made)
    else:
        assert found.count(bits) >= number
    return made


@pytest.mark.parametrize("pattern", ["a b", "-x", "*ä", "**.*/", ".*", "a*" + "\n"])
def test_a_tag_that_a_registry_refuses_is_of_no_kind(pattern: str) -> None:
    assert set(kinds(pattern)) == {()}


def test_a_mark_may_come_after_the_first_character() -> None:
    """Before the first character and after it, the pattern has been met as far as each other."""
    assert kinds("*-x")[("*-x",)] == "x-x"


def test_a_word_is_one_tag() -> None:
    assert tags_of(("v1",), "v1", number=9) == ["v1"]
    assert TagKinds([TagPattern.compile("v1")]).count(1) == 1
    assert tags_of(("v1", "v*"), "v*", "v1", number=9) == ["v1"]


def test_a_pattern_has_many_tags_shorter_ones_first() -> None:
    assert tags_of(("v*",), "v*", "v1", number=4) == ["v", "v0", "v2", "v3"]
    # All 63 characters that may come first, of `[A-Za-z0-9_]`; then two of 63 * 65.
    found = tags_of(("*",), "*", number=65)
    assert [len(each) for each in found] == [1] * 63 + [2] * 2


def test_patterns_that_overlap_in_one_tag_alone() -> None:
    """`abc` begins with `ab` and ends with `bc`, and has no room for both."""
    assert tags_of(("ab*", "*bc"), "ab*", "*bc", "ab*bc", number=9) == ["abc"]


def test_a_pattern_that_is_nearly_as_long_as_a_tag_can_be() -> None:
    """One of 127 characters, and that with each of the 65 that may follow."""
    assert len(tags_of(("a" * 127 + "*",), "a" * 127 + "*", number=100)) == 66


@given(st.lists(st.text("ab*", max_size=4), min_size=1, max_size=3, unique=True))
def test_different_tags_of_a_kind_are_of_that_kind(patterns: list[str]) -> None:
    found = TagKinds(list(map(TagPattern.compile, patterns)))
    for kind, shortest in found.tags.items():
        made = list(islice(found.distinct(kind), 70))
        assert len(set(made)) == len(made)
        assert len(made[0]) == len(shortest)
        assert found.count(kind) == len(made) if len(made) < 70 else found.count(kind) >= 70
        for tag in made:
            assert re.fullmatch("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}", tag)
            met = [TagPattern.compile(each).matches(tag) for each in patterns]
            assert kind == sum(1 << at for at, is_met in enumerate(met) if is_met)


@given(st.lists(st.text("ab*", max_size=4), min_size=1, max_size=3, unique=True))
def test_no_kind_is_missed(patterns: list[str]) -> None:
    found = kinds(*patterns)
    compiled = {each: TagPattern.compile(each) for each in patterns}
    for length in range(1, 6):
        for letters in product("abx", repeat=length):
            tag = "".join(letters)
            met = tuple(each for each in patterns if compiled[each].matches(tag))
            assert len(found[met]) <= len(tag)
    for met, tag in found.items():
        assert met == tuple(each for each in patterns if compiled[each].matches(tag))
