"""A filter that no repository's name begins with."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.snapshot import Registry, Repository
from tests.lint.rules.replication.builders import HOME as EMPTY
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-filter-matches-nothing"
HOME: dict[str, Any] = {
    "registry": Registry("111122223333", "us-east-1", repositories=(Repository("team/prod-web"),))
}


@table(
    trips(
        "the middle of it",
        configuration(replicates(to(), filters=["team/", "prod"])),
        "/rules/0/repositoryFilters/1/filter",
        **HOME,
    ),
    passes("a beginning", configuration(replicates(to(), filters=["te", "team/prod-web"])), **HOME),
    passes("no filters", configuration(replicates(to())), **HOME),
    passes("no snapshot", configuration(replicates(to(), filters=["prod"]))),
    passes("no repositories", configuration(replicates(to(), filters=["prod"])), **EMPTY),
    passes("unknown", configuration(replicates(to(), filters=[UNKNOWN])), **HOME),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(to(), filters=["prod"])), **HOME) == (
        "no repository of the registry has a name that begins with `prod`; a filter is the "
        "beginning of a name: write it in full, from the left"
    )
