"""A policy of more than 50 rules."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    document,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "too-many-rules"


@table(
    trips("one too many", document(*[{}] * 51), "/rules"),
    passes("as many as there may be", document(*[{}] * 50)),
    passes("one may turn out to be none", document(*[{}] * 50, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(*[{}] * 51)) == (
        "a policy has 50 rules at most, not 51; join rules, or leave some out"
    )
