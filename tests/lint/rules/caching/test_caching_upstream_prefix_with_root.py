"""An upstream prefix of a rule for all repositories."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    cache,
    rules,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-upstream-prefix-with-root"


@table(
    trips(
        "a prefix",
        rules(cache("ROOT", upstreamRepositoryPrefix="a1")),
        "/pullThroughCacheRules/0/upstreamRepositoryPrefix",
    ),
    passes("none", rules(cache("ROOT"))),
    passes("the same", rules(cache("ROOT", upstreamRepositoryPrefix="ROOT"))),
    passes("of another rule", rules(cache("a1", upstreamRepositoryPrefix="b1"))),
    passes(
        "unknown",
        rules(
            cache("ROOT", upstreamRepositoryPrefix=UNKNOWN),
            cache(UNKNOWN, upstreamRepositoryPrefix="a1"),
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache("ROOT", upstreamRepositoryPrefix="a1"))) == (
        "a rule for `ROOT` takes no `upstreamRepositoryPrefix`; delete it, or name a prefix"
    )
