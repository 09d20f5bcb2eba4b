"""A filter that no repository's name can have in it."""

from tests.lint.rules.scanning.builders import configuration, scans
from tests.lint.tables import Case, message, passes, table, trips

RULE = "scanning-malformed-filter"


@table(
    trips("a capital", configuration(scans("Prod")), "/rules/0/repositoryFilters/0/filter"),
    trips("another wildcard", configuration(scans("prod?")), "/rules/0/repositoryFilters/0/filter"),
    trips("at the end", configuration(scans("prod/")), "/rules/0/repositoryFilters/0/filter"),
    passes("all that may be", configuration(scans("a.b_c-d/*", "*"))),
    passes("empty, which another rule tells", configuration(scans(""))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(scans("Prod"))) == (
        "`Prod` can be part of no repository name; use lower-case letters, digits, `*`, "
        "and single `.`, `_`, `-` or `/` within them"
    )
