"""An entry that stands twice in a list of tags."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import count, document, patterns, prefixes, rule
from tests.lint.tables import Case, fixed, message, passes, table, trips

RULE = "repeated-tag"
PLACE = "/rules/0/selection/tagPrefixList"


def of(*several: Any) -> dict[str, Any]:
    return document(rule(prefixes(*several) | count(1)))


@table(
    trips("twice", of("a", "a"), f"{PLACE}/1"),
    trips("three times", of("a", "b", "a", "a"), f"{PLACE}/2", f"{PLACE}/3"),
    trips(
        "patterns",
        document(rule(patterns("a*", "a*") | count(1))),
        "/rules/0/selection/tagPatternList/1",
    ),
    trips("beside what is unknown", of("a", UNKNOWN, "a"), f"{PLACE}/2"),
    passes("in two rules", document(rule(prefixes("a") | count(1)), rule(prefixes("a")))),
    passes("in another case", of("a", "A")),
    passes("unknown", of(UNKNOWN, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, of("a", "a")) == "`a` stands in the list already; delete it"


def test_fix() -> None:
    assert fixed(RULE, of("a", "b", "a", "a")) == of("a", "b")
