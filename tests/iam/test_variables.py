"""Policy variables."""

import pytest

from ecrpolicy.iam.patterns import Piece
from ecrpolicy.iam.variables import MalformedVariable, Variable, template, text_of

VALUES = {"aws:username": ("bob",), "k:many": ("a", "b"), "k:star": ("*",)}


def _filled(text: str) -> str | None:
    pieces = template(text).fill(VALUES)
    return None if pieces is None else text_of(pieces)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", ""),
        ("plain $5 {x}", "plain $5 {x}"),
        ("team/${aws:username}/x", "team/bob/x"),
        ("${AWS:UserName}", "bob"),
        ("${k:missing}", None),
        ("${k:missing, 'some one'}", "some one"),
        ("${k:missing,''}", ""),
        ("${aws:username, 'x'}", "bob"),
        ("${k:many}", None),
        ("${k:many, 'x'}", "x"),
        ("${*}${?}${$}", "*?$"),
        ("$${aws:username}", "$bob"),
        ("${k:missing, 'a}b'}", "a}b"),
    ],
)
def test_a_text_is_completed(text: str, filled: str | None) -> None:
    assert _filled(text) == filled


def test_what_is_put_in_is_literal() -> None:
    assert template("*${k:star}").fill(VALUES) == (Piece("*"), Piece("*", is_literal=True))


def test_variables_are_told() -> None:
    assert template("a${x:Y}b${*}").variables == (Variable("x:y"),)


@pytest.mark.parametrize(
    ("text", "rule", "offset"),
    [
        ("${aws:username", "missing-brace-in-variable", 0),
        ("a/${b:c}/${aws:username", "missing-brace-in-variable", 9),
        ("ab${", "missing-brace-in-variable", 2),
        ("${a:b${c:d}}", "missing-brace-in-variable", 0),
        ("x${}", "empty-variable", 1),
        ("${ }", "empty-variable", 0),
        ("${a:b, c}", "missing-quote-in-variable", 0),
        ("${a:b, 'c}", "missing-quote-in-variable", 0),
        ("${a:b c}", "unsupported-space-in-variable", 0),
        ("${*a}", "malformed-variable", 0),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, rule: str, offset: int) -> None:
    with pytest.raises(MalformedVariable) as caught:
        template(text)
    assert (caught.value.mistake.rule, caught.value.mistake.offset) == (rule, offset)
