"""More than 25 destinations."""

from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-too-many-destinations"


@table(
    trips(
        "one too many",
        configuration(*(replicates(to(account=f"{n:012}")) for n in range(26))),
        "/rules",
    ),
    passes(
        "as many as there may be",
        configuration(*(replicates(to(account=f"{n:012}")) for n in range(25))),
    ),
    passes(
        "the same ones",
        configuration(*[replicates(*(to(account=f"{n:012}") for n in range(20)))] * 2),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, configuration(*(replicates(to(account=f"{n:012}")) for n in range(26)))
    ) == ("all rules together have 25 unique destinations at most, not 26; leave some out")
