"""A rule of more than 100 filters."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-too-many-filters"


@table(
    trips("one too many", configuration(scans(*["a"] * 101)), "/rules/0/repositoryFilters"),
    passes("as many as there may be", configuration(scans(*["a"] * 100))),
    passes(
        "one may turn out to be none",
        configuration(
            {**scans(), "repositoryFilters": [UNKNOWN, *scans(*["a"] * 100)["repositoryFilters"]]}
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(scans(*["a"] * 101))) == (
        "a rule has 100 filters at most, not 101; join filters"
    )
