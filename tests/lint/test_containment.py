"""Which patterns of tags contain others: what is said of them is true of all tags."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.lint.matching import contains
from ecrpolicy.wildcard import TagPattern

PATTERNS = st.lists(st.sampled_from(["a", "b", "*"]), max_size=5).map("".join)
TAGS = ["".join(each) for length in range(7) for each in product("abc", repeat=length)]


@pytest.mark.parametrize(
    ("general", "special", "expected"),
    [
        ("*", "v1", True),
        ("v*", "v*", True),
        ("*a*", "*aa*", True),
        ("a*a", "a", False),
        ("*a*a*", "*a*", False),
        ("v1", "v*", False),
        ("", "", True),
    ],
)
def test_one_within_another(general: str, special: str, *, expected: bool) -> None:
    assert contains(TagPattern.compile(general), TagPattern.compile(special)) is expected


@given(PATTERNS, PATTERNS)
def test_a_pattern_contains_another_if_it_meets_all_its_tags(general: str, special: str) -> None:
    one, other = TagPattern.compile(general), TagPattern.compile(special)
    meets_all = all(one.matches(tag) for tag in TAGS if other.matches(tag))
    assert contains(one, other) == meets_all
