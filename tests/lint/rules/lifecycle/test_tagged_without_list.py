"""A rule for tagged images that does not say which."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    count,
    document,
    patterns,
    prefixes,
    rule,
    untagged,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "tagged-without-list"


@table(
    trips("neither", document(rule({"tagStatus": "tagged"} | count(1))), "/rules/0/selection"),
    passes("patterns", document(rule(patterns("*") | count(1)))),
    passes("prefixes", document(rule(prefixes("a") | count(1)))),
    passes(
        "unknown prefixes",
        document(rule({"tagStatus": "tagged", "tagPrefixList": UNKNOWN} | count(1))),
    ),
    passes("untagged", document(rule(untagged() | count(1)))),
    passes("unknown", document(rule({"tagStatus": UNKNOWN} | count(1)))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule({"tagStatus": "tagged"} | count(1)))) == (
        "a rule for tagged images needs a `tagPatternList` or a `tagPrefixList`; for all "
        'tagged images, add `"tagPatternList": ["*"]`'
    )
