"""Two rules of one frequency."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-duplicate-frequency"


@table(
    trips("the same", configuration(scans("a"), scans("b")), "/rules/1/scanFrequency"),
    passes("others", configuration(scans("a"), scans("b", frequency="CONTINUOUS_SCAN"))),
    passes("unknown", configuration(scans("a"), {**scans("b"), "scanFrequency": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(scans("a"), scans("b"))) == (
        "`/rules/0` has the frequency `SCAN_ON_PUSH` already; put its filters into that rule"
    )
