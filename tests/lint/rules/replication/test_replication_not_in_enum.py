"""A filter type that is none."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-not-in-enum"


@table(
    trips(
        "another",
        configuration(
            {**replicates(to()), "repositoryFilters": [{"filter": "ab", "filterType": "WILDCARD"}]}
        ),
        "/rules/0/repositoryFilters/0/filterType",
    ),
    passes("the only one", configuration(replicates(to(), filters=["ab"]))),
    passes(
        "unknown",
        configuration(
            {**replicates(to()), "repositoryFilters": [{"filter": "ab", "filterType": UNKNOWN}]}
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE,
        configuration(
            {**replicates(to()), "repositoryFilters": [{"filter": "ab", "filterType": "WILDCARD"}]}
        ),
    ) == ("`WILDCARD` is no `filterType`; write `PREFIX_MATCH`")
