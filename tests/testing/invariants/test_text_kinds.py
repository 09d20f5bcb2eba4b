"""Readers read as policies match, and the kinds of texts are all that there are."""

import re
from itertools import product
from random import Random

import pytest

from ecrpolicy.iam.conditions import compiled
from ecrpolicy.iam.model import Condition
from ecrpolicy.iam.operators import OPERATORS
from ecrpolicy.iam.patterns import Piece, matcher, resource_matcher
from ecrpolicy.tagging import NAME_PATTERN
from ecrpolicy.testing.invariants.pattern_kinds import (
    kinds,
    like,
    of_condition,
    of_resources,
    within_name,
)
from ecrpolicy.testing.invariants.text_kinds import Reader
from ecrpolicy.testing.invariants.text_shapes import (
    AccountText,
    AnyText,
    ArnText,
    NameText,
    PathText,
    RepositoryName,
    ServiceText,
    Shape,
)

# An ARN with colons in it, and short texts: all that can come of them.
PIECES = ("arn", "aws", "e", ":", ":", ":", ":", ":", ":", "a", "b", "/", "*", "?")


def is_met(reader: Reader, text: str) -> bool:
    return reader.kind(reader.after(reader.start, text)) != 0


def is_whole(shape: Shape, text: str) -> bool:
    state: int | None = shape.start
    for character in text:
        state = None if state is None else shape.after(state, character)
    return state is not None and shape.is_whole(state)


def texts(random: Random, number: int) -> list[str]:
    return ["".join(random.choices(PIECES, k=random.randint(1, 9))) for _ in range(number)]


@pytest.mark.parametrize("seed", range(20))
def test_readers_meet_what_policies_match(seed: int) -> None:
    random = Random(seed)
    asked = [each.replace("*", "x").replace("?", "y") for each in texts(random, 200)]
    asked += ["arn:aws:e:a:b:a/b", "arn:aws:e::b:a", "arn:aws:e:a:b:a:b", "arn:a:b:a:b:"]
    for pattern in ["arn:aws:e*:b", "arn:*:a/b", "arn:*s:e:*", "a*:b?:*:b:*:a", *texts(random, 40)]:
        of_resource = Reader([of_resources(pattern)])
        of_text = Reader([like(pattern)])
        for text in asked:
            assert is_met(of_resource, text) is resource_matcher([Piece(pattern)])(text)
            assert is_met(of_text, text) is matcher(pattern)(text)


@pytest.mark.parametrize(
    "operator", ["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnLike"]
)
def test_readers_meet_what_conditions_hold_for(operator: str) -> None:
    random = Random(operator)
    for pattern in ["ARN:aws:e:a:b:A/b", "a*:aws:?:a*:*:a*b", *texts(random, 40)]:
        condition = Condition(OPERATORS[operator], "aws:SourceArn", (pattern,))
        holds = compiled(condition, knows_variables=False)
        reader = Reader(of_condition(condition))
        for text in (
            "arn:aws:e:a:b:a/b",
            "arn:aws:e:a:b:a:b",
            pattern.swapcase(),
            *texts(random, 99),
        ):
            assert is_met(reader, text) is holds({"aws:sourcearn": (text,)})


def test_wildcards_in_names_take_no_slash() -> None:
    reader = Reader([(*like("user/"), *within_name("b*?"))])
    assert is_met(reader, "user/bob")
    assert not is_met(reader, "user/b/ob")
    assert not is_met(reader, "user/b")


@pytest.mark.parametrize("seed", range(30))
def test_all_kinds_are_found_and_no_others(seed: int) -> None:
    """Held against all texts of up to six characters, of two that patterns have and one more."""
    random = Random(seed)
    patterns = ["".join(random.choices("ab*?", k=random.randint(1, 4))) for _ in range(4)]
    reader = Reader(map(like, patterns))
    there = {
        reader.kind(reader.after(reader.start, "".join(characters)))
        for length in range(1, 7)
        for characters in product("abx", repeat=length)
    }
    found = kinds(reader, AnyText())
    assert found.texts.keys() == there
    assert found.is_complete
    for kind, several in found.texts.items():
        assert reader.kind(reader.after(reader.start, several[0])) == kind


def test_two_texts_of_each_kind_where_there_are_two() -> None:
    reader = Reader([tuple("111122223333"), like("11112222333?")])
    several = list(kinds(reader, AccountText(), number=2).texts.values())
    assert sorted(map(len, several)) == [1, 2, 2]
    assert all(is_whole(AccountText(), text) for each in several for text in each)
    assert len({text for each in several for text in each}) == 5


def test_more_kinds_than_can_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecrpolicy.testing.invariants.text_kinds._MAX_STATES", 20)
    reader = Reader(map(like, ("*ab*", "*ba*", "*aab*", "*bba*")))
    assert not kinds(reader, AnyText()).is_complete


def test_names_of_repositories() -> None:
    """Those of the pattern of the API, of two characters or more."""
    for length in range(1, 6):
        for characters in product("a0-_./A", repeat=length):
            text = "".join(characters)
            is_name = re.fullmatch(NAME_PATTERN, text) is not None and length > 1
            assert is_whole(RepositoryName(), text) is is_name


@pytest.mark.parametrize(
    ("shape", "good", "bad"),
    [
        (AccountText(), ["111122223333"], ["11112222333", "1111222233334", "11112222333x"]),
        (
            PathText(),
            ["bob", "team/bob", "a:b/bob"],
            ["", "/bob", "a//bob", "team/", "a:b", "a b/c"],
        ),
        (NameText(), ["bob", "b@x"], ["", "a/b", "a:b"]),
        (ServiceText(), ["ecs.amazonaws.com", "a.b"], ["ecs", ".com", "a..b", "a.", "a_b.com"]),
        (
            ArnText(),
            ["arn:aws:sns:::x", "arn:a:b:c:d:e:f", "arn:aws:s3:us-east-1:111122223333:a/b"],
            ["x", "arn", "arn:::::x", "arn:aws::::x", "arn:aws:s3:::", "arn:aws:s3::x"],
        ),
    ],
)
def test_shapes(shape: Shape, good: list[str], bad: list[str]) -> None:
    assert [text for text in (*good, *bad) if is_whole(shape, text)] == good
    assert all(is_whole(shape, each[0]) for each in kinds(Reader([]), shape).texts.values())
