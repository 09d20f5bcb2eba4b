"""A prefix that is too short or too long."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    TEMPLATES,
    cache,
    rules,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-prefix-length"


@table(
    trips("too short", rules(cache("a")), "/pullThroughCacheRules/0/ecrRepositoryPrefix"),
    trips("too long", rules(cache("a" * 31)), "/pullThroughCacheRules/0/ecrRepositoryPrefix"),
    trips(
        "upstream",
        rules(cache(upstreamRepositoryPrefix="a")),
        "/pullThroughCacheRules/0/upstreamRepositoryPrefix",
    ),
    trips("empty", templates(template("")), "/repositoryCreationTemplates/0/prefix", **TEMPLATES),
    passes("short for a template", templates(template("a")), **TEMPLATES),
    passes("long for a cache rule", rules(cache("a" * 30))),
    passes("unknown", rules(cache(UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache("a"))) == (
        "a prefix has 2 to 30 characters, not 1; write `ROOT` for all repositories"
    )
