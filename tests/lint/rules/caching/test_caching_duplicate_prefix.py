"""A prefix that stands twice."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    TEMPLATES,
    cache,
    rules,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-duplicate-prefix"


@table(
    trips(
        "the same", rules(cache("a1"), cache("a1")), "/pullThroughCacheRules/1/ecrRepositoryPrefix"
    ),
    trips(
        "with a slash",
        templates(template("a1/"), template("a1")),
        "/repositoryCreationTemplates/1/prefix",
        **TEMPLATES,
    ),
    passes("others", rules(cache("a1"), cache("a1/b1"))),
    passes("unknown", rules(cache("a1"), cache(UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache("a1"), cache("a1"))) == (
        "an earlier one has the prefix `a1` already; keep one of the two"
    )
