"""A member that must be there."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-missing-member"


@table(
    trips("of a rule", configuration({}), "/rules/0", "/rules/0"),
    trips(
        "of a filter",
        configuration({"scanFrequency": "MANUAL", "repositoryFilters": [{"filter": "a"}]}),
        "/rules/0/repositoryFilters/0",
    ),
    passes("all there", configuration(scans("a"))),
    passes("no rules", {}),
    passes(
        "unknown", configuration(UNKNOWN, {"scanFrequency": UNKNOWN, "repositoryFilters": UNKNOWN})
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration({"scanFrequency": "MANUAL"})) == (
        "the member `repositoryFilters` is missing; add it"
    )
