"""A pattern of more than four wildcards."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    count,
    document,
    patterns,
    prefixes,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "too-many-wildcards"


@table(
    trips(
        "five",
        document(rule(patterns("a", "*-*-*-*-*") | count(1))),
        "/rules/0/selection/tagPatternList/1",
    ),
    trips(
        "beside each other",
        document(rule(patterns("*****") | count(1))),
        "/rules/0/selection/tagPatternList/0",
    ),
    trips(
        "beside what is unknown",
        document(rule({"tagStatus": "tagged", "tagPatternList": [UNKNOWN, "*****"]} | count(1))),
        "/rules/0/selection/tagPatternList/1",
    ),
    passes("four", document(rule(patterns("*-*-*-*", "*-*-*-*") | count(1)))),
    passes("in a prefix", document(rule(prefixes("*****") | count(1)))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(patterns("*****") | count(1)))) == (
        "the pattern `*****` has 5 wildcards; use 4 at most"
    )
