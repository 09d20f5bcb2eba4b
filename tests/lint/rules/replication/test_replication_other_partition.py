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
    trips(
        "of which registry is not known, and one must be in another",
        configuration(replicates(to("us-east-1")), replicates(to("us-gov-west-1"), to())),
        "/rules/1/destinations/0/region",
    ),
    trips(
        "told once where the registry is known",
        configuration(replicates(to(), to("cn-north-1"))),
        "/rules/0/destinations/1/region",
        **HOME,
    ),
    passes("no Region", configuration(replicates(to("mars"), to()))),
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


def test_message_of_two_destinations() -> None:
    assert message(RULE, configuration(replicates(to(), to("cn-north-1")))) == (
        "`cn-north-1` is in the partition `aws-cn`, and `eu-west-1` in `aws`: a registry is in one "
        "of them; images are not replicated between partitions: copy them by other means"
    )
