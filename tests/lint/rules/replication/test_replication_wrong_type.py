"""A value of another JSON type."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-wrong-type"


@table(
    trips(
        "an account",
        configuration(replicates(to(account=111122223333))),
        "/rules/0/destinations/0/registryId",
    ),
    trips("no list", {"rules": {}}, "/rules"),
    passes("all right", configuration(replicates(to()))),
    passes("unknown", configuration(replicates(UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {"rules": {}}) == ("expected an array, found an object")
