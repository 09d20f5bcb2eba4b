"""A registry that is its own destination."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import HOME, configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-own-registry"


@table(
    trips("itself", configuration(replicates(to("us-east-1"))), "/rules/0/destinations/0", **HOME),
    passes("another Region", configuration(replicates(to())), **HOME),
    passes(
        "another account",
        configuration(replicates(to("us-east-1", account="444455556666"))),
        **HOME,
    ),
    passes("whose it is is not known", configuration(replicates(to("us-east-1")))),
    passes("unknown", configuration(replicates(to(UNKNOWN))), **HOME),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(to("us-east-1"))), **HOME) == (
        "the destination is the registry itself; name another Region or another account"
    )
