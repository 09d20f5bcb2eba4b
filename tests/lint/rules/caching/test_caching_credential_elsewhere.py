"""A secret of another account or Region."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    HOME,
    SECRET,
    cache,
    rules,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-credential-elsewhere"


@table(
    trips(
        "another Region",
        rules(cache(url="ghcr.io", credentialArn=SECRET.replace("us-east-1", "eu-west-1"))),
        "/pullThroughCacheRules/0/credentialArn",
        **HOME,
    ),
    passes("beside the registry", rules(cache(url="ghcr.io", credentialArn=SECRET)), **HOME),
    passes(
        "of which registry is not known",
        rules(cache(url="ghcr.io", credentialArn=SECRET.replace("us-east-1", "eu-west-1"))),
    ),
    passes("unknown", rules(cache(url="ghcr.io", credentialArn=UNKNOWN)), **HOME),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE,
        rules(cache(url="ghcr.io", credentialArn=SECRET.replace("us-east-1", "eu-west-1"))),
        **HOME,
    ) == (
        "the secret is in `111122223333` `eu-west-1`, not where the registry is; store it"
        " beside the registry"
    )
