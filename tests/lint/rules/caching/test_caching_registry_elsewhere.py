"""A cache rule of another account's registry."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import HOME, cache, rules
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-registry-elsewhere"
OTHER = "444455556666"


@table(
    trips(
        "another account",
        rules(cache(registryId=OTHER)),
        "/pullThroughCacheRules/0/registryId",
        **HOME,
    ),
    passes("the registry's own", rules(cache(registryId="111122223333")), **HOME),
    passes("no account", rules(cache(registryId="1")), **HOME),
    passes("of which registry is not known", rules(cache(registryId=OTHER))),
    passes("unknown", rules(cache(registryId=UNKNOWN)), **HOME),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(registryId=OTHER)), **HOME) == (
        "the rule is of the registry `444455556666`, not of `111122223333`; give the rules of one"
        " registry alone"
    )
