"""A member that must be there."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-missing-member"


@table(
    trips("no rules", {}, ""),
    trips("no destinations", configuration({}), "/rules/0"),
    trips(
        "of a destination",
        configuration(replicates({})),
        "/rules/0/destinations/0",
        "/rules/0/destinations/0",
    ),
    passes("all there", configuration(replicates(to()))),
    passes("unknown", configuration(UNKNOWN, replicates(to(region=UNKNOWN)))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration({})) == ("the member `destinations` is missing; add it")
