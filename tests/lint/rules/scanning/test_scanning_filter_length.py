"""A filter that is empty, or too long."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-filter-length"


@table(
    trips("empty", configuration(scans("a", "")), "/rules/0/repositoryFilters/1/filter"),
    trips("too long", configuration(scans("a" * 256)), "/rules/0/repositoryFilters/0/filter"),
    passes("the longest", configuration(scans("a" * 255))),
    passes(
        "unknown",
        configuration(
            {**scans(), "repositoryFilters": [{"filter": UNKNOWN, "filterType": "WILDCARD"}]}
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(scans(""))) == (
        "a filter has 1 to 255 characters, not 0; write `*` for all repositories"
    )
