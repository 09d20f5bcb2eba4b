"""Another account's registry, and no role to pull from it."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    HOME,
    cache,
    rules,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-role-needed"


@table(
    trips(
        "another account",
        rules(cache(url="444455556666.dkr.ecr.us-east-1.amazonaws.com")),
        "/pullThroughCacheRules/0",
        **HOME,
    ),
    passes(
        "a role",
        rules(cache(url="444455556666.dkr.ecr.us-east-1.amazonaws.com", customRoleArn="a")),
        **HOME,
    ),
    passes(
        "another Region", rules(cache(url="111122223333.dkr.ecr.eu-west-1.amazonaws.com")), **HOME
    ),
    passes(
        "of which registry is not known",
        rules(cache(url="444455556666.dkr.ecr.us-east-1.amazonaws.com")),
    ),
    passes(
        "unknown",
        rules(cache(url="444455556666.dkr.ecr.us-east-1.amazonaws.com", customRoleArn=UNKNOWN)),
        **HOME,
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, rules(cache(url="444455556666.dkr.ecr.us-east-1.amazonaws.com")), **HOME
    ) == ("the account `444455556666` is another one: a role must be named; add a `customRoleArn`")
