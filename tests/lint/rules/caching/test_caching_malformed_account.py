"""A registry that is no account."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import cache, rules
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-malformed-account"


@table(
    trips("too short", rules(cache(registryId="1234")), "/pullThroughCacheRules/0/registryId"),
    trips("a name", rules(cache(registryId="team")), "/pullThroughCacheRules/0/registryId"),
    passes("an account", rules(cache(registryId="111122223333"))),
    passes("none", rules(cache())),
    passes("unknown", rules(cache(registryId=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(registryId="1234"))) == (
        "`1234` is no account; give its twelve digits"
    )
