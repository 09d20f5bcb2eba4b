"""More than 50 cache rules."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    rules,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-too-many-rules"


@table(
    trips("one too many", rules(*[{}] * 51), "/pullThroughCacheRules"),
    passes("as many as there may be", rules(*[{}] * 50)),
    passes("one may turn out to be none", rules(*[{}] * 50, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(*[{}] * 51)) == (
        "a registry has 50 pull through cache rules at most, not 51; delete some"
    )
