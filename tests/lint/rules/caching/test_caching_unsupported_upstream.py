"""A registry that cannot be cached."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    cache,
    rules,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-unsupported-upstream"

_AT = "/pullThroughCacheRules/0/upstreamRegistryUrl"


@table(
    trips("another", rules(cache(url="example.com")), _AT),
    trips("a URL", rules(cache(url="https://quay.io/")), _AT),
    passes("one", rules(cache(url="quay.io"))),
    passes("another account", rules(cache(url="444455556666.dkr.ecr.us-east-1.amazonaws.com"))),
    passes("unknown", rules(cache(url=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(url="example.com"))) == (
        "`example.com` is no registry that can be cached; known are `public.ecr.aws`, "
        "`quay.io`, `registry.k8s.io`, `registry-1.docker.io`, `ghcr.io`, "
        "`registry.gitlab.com`, `cgr.dev`, `NAME.azurecr.io`, "
        "`ACCOUNT.dkr.ecr.REGION.amazonaws.com`"
    )
