"""A destination in another partition."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import HOME, configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-other-partition"


@table(
    trips(
        "in China",
        configuration(replicates(to("cn-north-1"))),
        "/rules/0/destinations/0/region",
        **HOME,
    ),
    passes("the same", configuration(replicates(to())), **HOME),
    passes("of which registry is not known", configuration(replicates(to("cn-north-1")))),
    passes("unknown", configuration(replicates(to(UNKNOWN))), **HOME),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(to("cn-north-1"))), **HOME) == (
        "`cn-north-1` is in the partition `aws-cn`, the registry in `aws`; images are not"
        " replicated between partitions: copy them by other means"
    )
