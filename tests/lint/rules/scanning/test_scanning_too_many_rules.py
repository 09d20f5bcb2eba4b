"""A scanning configuration of more than two rules."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-too-many-rules"


@table(
    trips("three", configuration(*[scans("a")] * 3), "/rules"),
    passes("two", configuration(*[scans("a")] * 2)),
    passes("one may turn out to be none", configuration(*[scans("a")] * 2, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(*[scans("a")] * 3)) == (
        "a scanning configuration has 2 rules at most, not 3; put all filters of one "
        "frequency into one rule"
    )
