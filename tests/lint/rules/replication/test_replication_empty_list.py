"""An empty list of filters."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-empty-list"


@table(
    trips(
        "none",
        configuration({**replicates(to()), "repositoryFilters": []}),
        "/rules/0/repositoryFilters",
    ),
    passes("no list", configuration(replicates(to()))),
    passes("one", configuration(replicates(to(), filters=["a"]))),
    passes("unknown", configuration({**replicates(to()), "repositoryFilters": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration({**replicates(to()), "repositoryFilters": []})) == (
        "the list of filters is empty; leave it out for all repositories"
    )
