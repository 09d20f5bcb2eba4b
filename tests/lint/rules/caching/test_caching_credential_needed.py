"""An upstream registry that asks who pulls."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    cache,
    rules,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-credential-needed"


@table(
    trips("absent", rules(cache(url="ghcr.io")), "/pullThroughCacheRules/0"),
    passes("null, which another rule tells", rules(cache(url="ghcr.io", credentialArn=None))),
    passes("not asked for", rules(cache())),
    passes("there", rules(cache(url="ghcr.io", credentialArn="a"))),
    passes("unknown", rules(cache(url="ghcr.io", credentialArn=UNKNOWN))),
    passes("the URL is unknown", rules(cache(url=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(url="ghcr.io"))) == (
        "`github-container-registry` asks for a user name and a token; add the "
        "`credentialArn` of a secret named `ecr-pullthroughcache/…`"
    )
