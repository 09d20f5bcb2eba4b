"""A member that must be there."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    TEMPLATES,
    cache,
    rules,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-missing-member"


@table(
    trips("of a cache rule", rules({"ecrRepositoryPrefix": "quay"}), "/pullThroughCacheRules/0"),
    trips(
        "of a template",
        templates({"prefix": "ROOT"}),
        "/repositoryCreationTemplates/0",
        **TEMPLATES,
    ),
    trips("nothing at all", {}, ""),
    passes("all there", rules(cache())),
    passes("unknown", rules(UNKNOWN, cache(UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules({"ecrRepositoryPrefix": "quay"})) == (
        "the member `upstreamRegistryUrl` is missing; add it"
    )
