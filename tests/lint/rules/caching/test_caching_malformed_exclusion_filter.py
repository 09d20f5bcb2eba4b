"""An exclusion filter that no tag has in it."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    excludes,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-malformed-exclusion-filter"


@table(
    trips(
        "a slash",
        templates(template(imageTagMutabilityExclusionFilters=[excludes("a/b")])),
        "/repositoryCreationTemplates/0/imageTagMutabilityExclusionFilters/0/filter",
    ),
    trips(
        "three wildcards",
        templates(template(imageTagMutabilityExclusionFilters=[excludes("***")])),
        "/repositoryCreationTemplates/0/imageTagMutabilityExclusionFilters/0/filter",
    ),
    passes(
        "two wildcards", templates(template(imageTagMutabilityExclusionFilters=[excludes("v*-*")]))
    ),
    passes("unknown", templates(template(imageTagMutabilityExclusionFilters=[excludes(UNKNOWN)]))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, templates(template(imageTagMutabilityExclusionFilters=[excludes("a/b")]))
    ) == ("`a/b` can be part of no tag; use 1 to 128 letters, digits, `.`, `_`, `-` and `*`")
    assert message(
        RULE, templates(template(imageTagMutabilityExclusionFilters=[excludes("***")]))
    ) == ("the filter `***` has 3 wildcards; use 2 at most")
