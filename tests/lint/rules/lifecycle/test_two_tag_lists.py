"""Patterns and prefixes in one rule."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    count,
    document,
    patterns,
    prefixes,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "two-tag-lists"


@table(
    trips(
        "both",
        document(rule(patterns("a*") | {"tagPrefixList": ["a"]} | count(1))),
        "/rules/0/selection",
    ),
    trips(
        "one is unknown",
        document(rule(patterns("a*") | {"tagPrefixList": UNKNOWN} | count(1))),
        "/rules/0/selection",
    ),
    passes(
        "in two rules",
        document(rule(patterns("a*") | count(1)), rule(prefixes("a") | count(1), priority=2)),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(patterns("a*") | {"tagPrefixList": ["a"]} | count(1)))) == (
        "a rule has either a `tagPatternList` or a `tagPrefixList`, not both; write the "
        "prefixes as patterns, each with a `*` at its end"
    )
