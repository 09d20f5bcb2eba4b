"""The wildcards of policies."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.iam.patterns import Piece, literal_head, matcher, pieces_matcher, resource_matcher


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("", "", True),
        ("", "a", False),
        ("*", "", True),
        ("*", "a:b\n", True),
        ("?", "\n", True),
        ("?", "", False),
        ("a*", "a", True),
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("*a", "ba", True),
        ("*b*", "abc", True),
        ("*b*b*", "abc", False),
        ("a*b*c", "abcbc", True),
        ("*?", "", False),
        ("*?b", "ab", True),
        ("?*?", "a", False),
        ("?*?", "ab", True),
        ("[a]", "a", False),
        ("a.c", "abc", False),
    ],
)
def test_a_pattern_covers_the_whole_text(pattern: str, text: str, matches: bool) -> None:
    assert matcher(pattern)(text) is matches


def _naive(pattern: str, text: str) -> bool:
    expression = "".join({"*": ".*", "?": "."}.get(each, re.escape(each)) for each in pattern)
    return re.fullmatch(expression, text, re.DOTALL) is not None


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=10))
def test_patterns_match_as_the_plain_expression_does(pattern: str, text: str) -> None:
    assert matcher(pattern)(text) is _naive(pattern, text)


@pytest.mark.parametrize("tail", ["", "?", "b", "?b"])
def test_time_is_linear(tail: str) -> None:
    """An expression that backtracks would not come back from this."""
    pattern = "*a" * 8 + tail
    assert matcher(pattern)("a" * 100_000) is (tail in ("", "?"))


ARN = "arn:aws:ecr:us-east-1:111122223333:repository/a"


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        (ARN, True),
        (ARN.upper(), False),
        ("arn:aws:ecr:*", True),
        ("arn:*", True),
        ("arn:aws:ecr:*:*:repository/*", True),
        # the last wildcard of a segment runs on …
        ("arn:aws:ecr:*:repository/a", True),
        ("arn:aws:ecr:us-*:repository/a", True),
        ("arn:aws:ecr:*:repo*/a", True),
        ("arn:aws:ecr:*:repo*/b", False),
        # … and no other does
        ("arn:aws:ecr:us*3:repository/a", False),
        ("arn:aws:ecr:us*1:111122223333:repository/a", True),
        ("arn:aws:ecr:us-east-1?111122223333:repository/a", False),
        ("arn:aws:ecr:us-east-?:*:repository/?", True),
        ("arn:aws:ecr:u*e*1:1*3:*/?", True),
        ("arn:aws:ecr:u*w*1:1*3:*/?", False),
        ("arn:aws:?cr:*:repo*?/a", True),
        ("arn:aws:ecr", False),
    ],
)
def test_wildcards_of_a_resource_stay_in_their_segment(pattern: str, matches: bool) -> None:
    assert resource_matcher([Piece(pattern)])(ARN) is matches


def test_behind_the_fifth_colon_wildcards_take_colons() -> None:
    assert resource_matcher([Piece("arn:aws:a:b:c:x?y*z")])("arn:aws:a:b:c:x:y:z")


def test_literal_pieces_have_no_wildcards() -> None:
    matches = pieces_matcher([Piece("a"), Piece("*?", is_literal=True), Piece("*")])
    assert matches("a*?b")
    assert not matches("axyb")


def test_the_head_is_what_all_covered_texts_start_with() -> None:
    assert literal_head("a:b?c*") == "a:b"
    assert literal_head("abc") == "abc"
