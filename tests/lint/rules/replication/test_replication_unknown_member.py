"""A member that no replication configuration has."""

from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-unknown-member"


@table(
    trips(
        "of a rule", configuration({**replicates(to()), "filters": []}), "/rules/0/filters (name)"
    ),
    trips(
        "as the command line prints it",
        {"replicationConfiguration": {"rules": [], "a": 1}},
        "/replicationConfiguration/a (name)",
    ),
    passes("known ones", configuration(replicates(to(), filters=["a"]))),
    passes("around it", {"registryId": "111122223333", "replicationConfiguration": {"rules": []}}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration({**replicates(to()), "repositoryFilter": []})) == (
        "no member is called `repositoryFilter`; write `repositoryFilters`, or delete it"
    )
