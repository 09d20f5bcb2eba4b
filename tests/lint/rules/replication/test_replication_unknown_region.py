"""A destination in a Region that is none."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-unknown-region"


@table(
    trips("none", configuration(replicates(to("mars-1"))), "/rules/0/destinations/0/region"),
    trips("a zone", configuration(replicates(to("eu-west-1a"))), "/rules/0/destinations/0/region"),
    passes("one", configuration(replicates(to("eu-west-1")))),
    passes("unknown", configuration(replicates(to(UNKNOWN)))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(to("eu-west-l")))) == (
        "`eu-west-l` is no Region that is known; write `eu-west-3`"
    )
