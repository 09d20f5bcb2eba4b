"""A credential that is no secret for a cache."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    SECRET,
    cache,
    rules,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-malformed-credential"


@table(
    trips(
        "another secret",
        rules(cache(url="ghcr.io", credentialArn=SECRET.replace("ecr-", ""))),
        "/pullThroughCacheRules/0/credentialArn",
    ),
    trips(
        "its name alone",
        rules(cache(url="ghcr.io", credentialArn="ecr-pullthroughcache/github")),
        "/pullThroughCacheRules/0/credentialArn",
    ),
    passes("one", rules(cache(url="ghcr.io", credentialArn=SECRET))),
    passes("unknown", rules(cache(url="ghcr.io", credentialArn=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, rules(cache(url="ghcr.io", credentialArn="ecr-pullthroughcache/github"))
    ) == (
        "`ecr-pullthroughcache/github` is no secret for a pull through cache; give the "
        "ARN of a secret whose name starts with `ecr-pullthroughcache/`"
    )
