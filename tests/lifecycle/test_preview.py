"""Results are a sequence, made when they are looked at."""

from collections.abc import Iterable

import pytest

from ecrpolicy.lifecycle import Action, Preview, Result
from tests.builders import (
    any_image,
    count,
    digest,
    image,
    prefixes,
    preview,
    pushed,
    rule,
    untagged,
)


@pytest.fixture(params=["plain", "with-referrers", "with-doubts"])
def found(request: pytest.FixtureRequest) -> Preview:
    """Five images of which four go, by turns under rules 3 and 7.

    With referrers or indexes of unknown children, no image more.
    """
    images = [
        image("a", "old", days=3),
        image("b", "older", days=5),
        image("c", days=1),
        image("d", days=4),
        image("e", days=2),
    ]
    extra = {
        "plain": [],
        "with-referrers": [
            image("6", days=9, subject=digest("7")),
            image("7", days=9, subject=digest("6")),
        ],
        "with-doubts": [image("6", "index", days=0.5, manifests=None)],
    }[request.param]
    rules = [
        rule(untagged() | count(1), priority=7, action="transition"),
        rule(prefixes("old") | pushed(1), priority=3),
    ]
    return preview(rules, *images, *extra)


def told(results: Iterable[Result]) -> str:
    """The digit of each image's digest, and the rule under which it goes."""
    return " ".join(f"{result.image.digest[-1]}{result.rule_priority}" for result in results)


def test_results_are_counted_and_ordered(found: Preview) -> None:
    assert len(found.results) == 4
    assert told(found.results) == "b3 d7 a3 e7"


def test_results_can_be_gone_through_again(found: Preview) -> None:
    assert list(found.results) == list(found.results)
    assert told(reversed(found.results)) == "e7 a3 d7 b3"


def test_a_result_is_found_by_its_index(found: Preview) -> None:
    assert told(found.results[index] for index in range(4)) == "b3 d7 a3 e7"
    assert told(found.results[index] for index in range(-4, 0)) == "b3 d7 a3 e7"
    assert [found.results[index] for index in range(4)] == list(found.results)
    with pytest.raises(IndexError):
        found.results[4]
    with pytest.raises(IndexError):
        found.results[-5]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (slice(None), "b3 d7 a3 e7"),
        (slice(1, 3), "d7 a3"),
        (slice(-1, None), "e7"),
        (slice(None, None, -1), "e7 a3 d7 b3"),
        (slice(0, 99, 2), "b3 a3"),
        (slice(3, 1), ""),
    ],
)
def test_results_are_sliced(found: Preview, part: slice, expected: str) -> None:
    assert told(found.results[part]) == expected
    assert list(found.results[part]) == list(found.results)[part]


def test_a_result_is_in_the_results(found: Preview) -> None:
    first = found.results[0]
    assert first in found.results
    assert found.results.index(found.results[2]) == 2
    assert first._replace(rule_priority=8) not in found.results


def test_a_result_says_what_happens() -> None:
    old = image("b", days=5)
    found = preview([rule(any_image() | count(1), priority=7)], image("a"), old)
    assert found.results[0] == Result(old, Action.EXPIRE, 7, cascade=False, cannot_tell=False)


def test_results_are_found_by_digest(found: Preview) -> None:
    assert {key[-1]: value.image.digest[-1] for key, value in found.by_digest.items()} == {
        digit: digit for digit in "abde"
    }
    assert found.by_digest[digest("a")] == found.results[2]


def test_cascades_and_doubts_are_the_same_however_they_are_looked_at() -> None:
    found = preview(
        [rule(untagged() | count(1))],
        image("a", days=5),
        image("b", "signature", days=6, subject=digest("a")),
        image("c", days=1),
        image("d", "v1", manifests=None),
    )
    expected = [("b", True, True), ("a", False, True)]
    for results in (found.results, found.results[:], [found.results[0], found.results[1]]):
        assert [
            (result.image.digest[-1], result.cascade, result.cannot_tell) for result in results
        ] == expected


def test_no_results_are_no_results() -> None:
    found = preview([rule(untagged() | count(1))])
    assert (len(found.results), list(found.results), list(found.results[:])) == (0, [], [])
    assert not found.results


def test_holders_are_known_by_child() -> None:
    found = preview(
        [rule(untagged() | count(1))],
        image("a", "v1", manifests=(digest("b"), digest("c"))),
        image("c", "v2", manifests=(digest("b"),)),
        image("b"),
    )
    assert {child: list(indexes) for child, indexes in found.holders.items()} == {
        digest("b"): [digest("a"), digest("c")],
        digest("c"): [digest("a")],
    }
