"""A credential that nobody asks for."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    SECRET,
    cache,
    rules,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-credential-not-taken"


@table(
    trips("public", rules(cache(credentialArn=SECRET)), "/pullThroughCacheRules/0/credentialArn"),
    passes("asked for", rules(cache(url="ghcr.io", credentialArn=SECRET))),
    passes("unknown", rules(cache(credentialArn=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(credentialArn=SECRET))) == (
        "`quay` takes no credential; delete it"
    )
