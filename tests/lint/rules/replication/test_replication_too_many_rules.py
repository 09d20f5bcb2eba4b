"""A replication configuration of more than ten rules."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-too-many-rules"


@table(
    trips("one too many", configuration(*[replicates(to())] * 11), "/rules"),
    passes("as many as there may be", configuration(*[replicates(to())] * 10)),
    passes("one may turn out to be none", configuration(*[replicates(to())] * 10, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(*[replicates(to())] * 11)) == (
        "a replication configuration has 10 rules at most, not 11; join rules that have "
        "the same destinations"
    )
