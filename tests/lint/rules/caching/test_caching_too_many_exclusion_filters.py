"""More than five exclusion filters."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    excludes,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-too-many-exclusion-filters"


@table(
    trips(
        "six",
        templates(template(imageTagMutabilityExclusionFilters=[excludes("a")] * 6)),
        "/repositoryCreationTemplates/0/imageTagMutabilityExclusionFilters",
    ),
    passes("five", templates(template(imageTagMutabilityExclusionFilters=[excludes("a")] * 5))),
    passes(
        "one may turn out to be none",
        templates(template(imageTagMutabilityExclusionFilters=[*[excludes("a")] * 5, UNKNOWN])),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, templates(template(imageTagMutabilityExclusionFilters=[excludes("a")] * 6))
    ) == ("there are 5 exclusion filters at most, not 6; join some")
