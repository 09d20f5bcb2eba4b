"""A list of tags that has none."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    patterns,
    prefixes,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "empty-tag-list"


@table(
    trips("prefixes", document(rule(prefixes() | count(1))), "/rules/0/selection/tagPrefixList"),
    trips("patterns", document(rule(patterns() | count(1))), "/rules/0/selection/tagPatternList"),
    passes(
        "for all, which another rule tells",
        document(rule(any_image() | {"tagPrefixList": []} | count(1))),
    ),
    passes("one", document(rule(patterns("a") | count(1)))),
    passes(
        "it may have some",
        document(rule({"tagStatus": "tagged", "tagPrefixList": [UNKNOWN]} | count(1))),
    ),
    passes("unknown", document(rule({"tagStatus": "tagged", "tagPrefixList": UNKNOWN} | count(1)))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(prefixes() | count(1)))) == (
        "`tagPrefixList` is empty; name a tag, or delete it"
    )
