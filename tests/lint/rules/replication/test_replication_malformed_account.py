"""A destination whose account is none."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-malformed-account"


@table(
    trips(
        "too short",
        configuration(replicates(to(), to(account="11112222333"))),
        "/rules/0/destinations/1/registryId",
    ),
    passes("twelve digits", configuration(replicates(to()))),
    passes("unknown", configuration(replicates(to(account=UNKNOWN)))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(to(account="1111")))) == (
        "`1111` is no account; give its twelve digits"
    )
