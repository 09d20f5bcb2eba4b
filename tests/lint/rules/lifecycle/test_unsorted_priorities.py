"""Rules that are not written in their order."""

from typing import Any

from hypothesis import assume, given

from ecrpolicy import lifecycle
from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import any_image, count, document, prefixes, rule
from tests.lint.tables import Case, fixed, message, passes, problems, table, trips
from tests.property.strategies import policies, situations
from tests.situations import Situation

RULE = "unsorted-priorities"
ONE, TWO, THREE = (rule(prefixes(each) | count(1), priority=at) for at, each in enumerate("abc", 1))


@table(
    trips("two", document(TWO, ONE), "/rules/1/rulePriority"),
    trips("the first of them alone", document(THREE, TWO, ONE), "/rules/1/rulePriority"),
    trips("beside what is unknown", document(TWO, UNKNOWN, ONE), "/rules/2/rulePriority"),
    trips("beside another", document(TWO, {"rulePriority": UNKNOWN}, ONE), "/rules/2/rulePriority"),
    passes("in order", document(ONE, TWO, THREE)),
    passes("with gaps", document(ONE, THREE)),
    passes("the same, which is refused", document(ONE, rule(any_image() | count(1)))),
    passes("unknown", document(TWO, ONE | {"rulePriority": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(THREE, ONE)) == (
        "the rule of priority 1 stands after one of priority 3; write the rules in the order in "
        "which they are applied"
    )


def test_fix() -> None:
    assert fixed(RULE, document(THREE, ONE, TWO)) == document(ONE, TWO, THREE)


def test_what_is_not_all_known_is_not_put_in_order() -> None:
    for unknown in (UNKNOWN, {"rulePriority": UNKNOWN}, 1):
        [found] = problems(RULE, document(TWO, ONE, unknown))
        assert found.fix == ()


@given(policy=policies(), situation=situations())
def test_the_fix_changes_no_outcome(policy: dict[str, Any], situation: Situation) -> None:
    assume(problems(RULE, policy))
    repository, now = situation.repository(), situation.now
    before, after = (
        list(lifecycle.evaluate(lifecycle.parse(each), repository, now=now).results)
        for each in (policy, fixed(RULE, policy))
    )
    assert before == after
