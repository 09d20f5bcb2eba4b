"""A kind of registry that its address contradicts."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    cache,
    rules,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-upstream-and-url"


@table(
    trips(
        "another", rules(cache(upstreamRegistry="k8s")), "/pullThroughCacheRules/0/upstreamRegistry"
    ),
    passes("the same", rules(cache(upstreamRegistry="quay"))),
    passes("none, which another rule tells", rules(cache(upstreamRegistry="Quay"))),
    passes("of another type", rules(cache(upstreamRegistry=[]))),
    passes("unknown", rules(cache(upstreamRegistry=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(upstreamRegistry="k8s"))) == (
        "`quay.io` is `quay`, not `k8s`; write `quay`"
    )
