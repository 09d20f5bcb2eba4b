"""A word that is none of those allowed."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-not-in-enum"


@table(
    trips("a type", {"scanType": "enhanced"}, "/scanType"),
    trips("a frequency", configuration(scans("a", frequency="DAILY")), "/rules/0/scanFrequency"),
    passes("known ones", configuration(scans("a", frequency="MANUAL"))),
    passes("unknown", {"scanType": UNKNOWN}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {"scanType": "enhanced"}) == (
        "`enhanced` is no `scanType`; write `ENHANCED`"
    )
