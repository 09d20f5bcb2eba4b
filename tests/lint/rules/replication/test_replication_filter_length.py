"""A replication filter that is too short or too long."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-filter-length"


@table(
    trips(
        "empty",
        configuration(replicates(to(), filters=[""])),
        "/rules/0/repositoryFilters/0/filter",
    ),
    trips(
        "too long",
        configuration(replicates(to(), filters=["ab", "a" * 257])),
        "/rules/0/repositoryFilters/1/filter",
    ),
    passes("the shortest", configuration(replicates(to(), filters=["ab"]))),
    passes("the longest", configuration(replicates(to(), filters=["a" * 256]))),
    passes("unknown", configuration(replicates(to(), filters=[UNKNOWN]))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(to(), filters=[""]))) == (
        "a filter has 2 to 256 characters, not 0; leave the filters out for all repositories"
    )
