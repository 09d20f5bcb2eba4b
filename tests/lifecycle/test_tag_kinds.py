"""The shortest tags that tell patterns apart."""

from itertools import product

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
