"""A replication filter that no repository's name begins with."""

from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-malformed-filter"


@table(
    trips(
        "a wildcard",
        configuration(replicates(to(), filters=["prod*"])),
        "/rules/0/repositoryFilters/0/filter",
    ),
    trips(
        "a capital",
        configuration(replicates(to(), filters=["Prod"])),
        "/rules/0/repositoryFilters/0/filter",
    ),
    passes("a beginning", configuration(replicates(to(), filters=["team-a/", "prod."]))),
    trips(
        "too short besides, which another rule tells",
        configuration(replicates(to(), filters=["*"])),
        "/rules/0/repositoryFilters/0/filter",
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(to(), filters=["prod*"]))) == (
        "`prod*` can be the beginning of no repository name; use lower-case letters, "
        "digits, `.`, `_`, `-` and `/` and no `*`: a filter is the beginning as it is"
    )
