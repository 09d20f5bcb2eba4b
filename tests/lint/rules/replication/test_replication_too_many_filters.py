"""A replication rule of more than 100 filters."""

from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-too-many-filters"


@table(
    trips(
        "one too many",
        configuration(replicates(to(), filters=["ab"] * 101)),
        "/rules/0/repositoryFilters",
    ),
    passes("as many as there may be", configuration(replicates(to(), filters=["ab"] * 100))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(to(), filters=["ab"] * 101))) == (
        "a rule has 100 filters at most, not 101; share out the rest to other rules"
    )
