"""A filter that no repository's name meets."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.snapshot import Registry, Repository
from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-filter-matches-nothing"
HOME: dict[str, Any] = {
    "registry": Registry("111122223333", "us-east-1", repositories=(Repository("team/prod-web"),))
}


@table(
    trips(
        "a pattern", configuration(scans("prod*")), "/rules/0/repositoryFilters/0/filter", **HOME
    ),
    trips(
        "a part", configuration(scans("prod", "dev")), "/rules/0/repositoryFilters/1/filter", **HOME
    ),
    passes("a part that is there", configuration(scans("prod", "*web")), **HOME),
    passes("no snapshot", configuration(scans("dev"))),
    passes(
        "a snapshot without repositories",
        configuration(scans("dev")),
        registry=Registry("111122223333", "us-east-1"),
    ),
    passes("unknown", configuration(scans(UNKNOWN)), **HOME),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(scans("prod*")), **HOME) == (
        "`prod*` matches none of the registry's repositories; a filter without `*` matches names "
        "that it is part of, any other the whole name"
    )
