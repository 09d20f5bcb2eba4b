"""A frequency that the scan type does not know."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-frequency-and-type"


@table(
    trips(
        "basic",
        configuration(scans("a", frequency="CONTINUOUS_SCAN"), scan_type="BASIC"),
        "/rules/0/scanFrequency",
    ),
    trips("enhanced", configuration(scans("a", frequency="MANUAL")), "/rules/0/scanFrequency"),
    trips(
        "basic, as it says nothing",
        {"rules": [scans("a", frequency="CONTINUOUS_SCAN")]},
        "/rules/0/scanFrequency",
    ),
    passes("basic and by hand", configuration(scans("a", frequency="MANUAL"), scan_type="BASIC")),
    passes("both know it", configuration(scans("a"))),
    passes("the type is unknown", configuration(scans("a", frequency="MANUAL"), scan_type=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(scans("a", frequency="MANUAL"))) == (
        "`ENHANCED` scanning has no frequency `MANUAL`; write `SCAN_ON_PUSH` or `CONTINUOUS_SCAN`"
    )
