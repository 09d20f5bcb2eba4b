"""A rule that scans no repository."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-no-filters"


@table(
    trips("none", configuration(scans()), "/rules/0/repositoryFilters"),
    passes("one", configuration(scans("*"))),
    passes("no list, which another rule tells", configuration({"scanFrequency": "MANUAL"})),
    passes("it may have some", configuration({"repositoryFilters": [UNKNOWN]})),
    passes("unknown", configuration({"repositoryFilters": UNKNOWN}, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(scans())) == (
        "the rule is for no repository; write the filter `*` for all, or delete the rule"
    )
