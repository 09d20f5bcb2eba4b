"""A rule that replicates to nowhere."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-no-destinations"


@table(
    trips("none", configuration(replicates(to()), replicates()), "/rules/1/destinations"),
    passes("one", configuration(replicates(to()))),
    passes("no list, which another rule tells", configuration({})),
    passes("it may have some", configuration(replicates(UNKNOWN))),
    passes("unknown", configuration({"destinations": UNKNOWN}, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates())) == (
        "the rule replicates to nowhere; name a destination, or delete the rule"
    )
