"""Two rules with the same prefixes."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    archived,
    count,
    document,
    patterns,
    prefixes,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "equal-prefixes"


@table(
    trips(
        "the same",
        document(rule(prefixes("a") | count(1)), rule(prefixes("a") | count(2), priority=2)),
        "/rules/1/selection/tagPrefixList",
    ),
    trips(
        "in another order",
        document(
            rule(prefixes("a", "b") | count(1)),
            rule(prefixes("b", "a", "b") | count(2), priority=2),
        ),
        "/rules/1/selection/tagPrefixList",
    ),
    passes(
        "others",
        document(rule(prefixes("a") | count(1)), rule(prefixes("a", "b") | count(2), priority=2)),
    ),
    passes(
        "in the other storage class",
        document(rule(prefixes("a") | count(1)), rule(prefixes("a") | archived(90), priority=2)),
    ),
    passes(
        "patterns",
        document(rule(patterns("a*") | count(1)), rule(patterns("a*") | count(2), priority=2)),
    ),
    passes(
        "one is unknown",
        document(
            rule(prefixes("a") | count(1)),
            rule({"tagStatus": "tagged", "tagPrefixList": ["a", UNKNOWN]} | count(2), priority=2),
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, document(rule(prefixes("a") | count(1)), rule(prefixes("a") | count(2), priority=2))
    ) == ("`/rules/0` has the same set of prefixes; keep one of the two rules")
