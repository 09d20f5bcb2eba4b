"""A value of another JSON type."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    TEMPLATES,
    cache,
    rules,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-wrong-type"


@table(
    trips(
        "a policy that is no text",
        templates(template(repositoryPolicy={})),
        "/repositoryCreationTemplates/0/repositoryPolicy",
        **TEMPLATES,
    ),
    trips("a number", rules(cache(1)), "/pullThroughCacheRules/0/ecrRepositoryPrefix"),
    passes("all right", templates(template(lifecyclePolicy="")), **TEMPLATES),
    passes("unknown", rules(cache(UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(1))) == ("expected a string, found an integer, `1`")
