"""An exclusion that excludes nothing."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    excludes,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-filters-needed"


@table(
    trips(
        "none",
        templates(template(imageTagMutability="MUTABLE_WITH_EXCLUSION")),
        "/repositoryCreationTemplates/0",
    ),
    trips(
        "an empty list",
        templates(
            template(
                imageTagMutability="MUTABLE_WITH_EXCLUSION", imageTagMutabilityExclusionFilters=[]
            )
        ),
        "/repositoryCreationTemplates/0",
    ),
    passes(
        "one",
        templates(
            template(
                imageTagMutability="MUTABLE_WITH_EXCLUSION",
                imageTagMutabilityExclusionFilters=[excludes("a")],
            )
        ),
    ),
    passes("without exclusion", templates(template(imageTagMutability="MUTABLE"))),
    passes(
        "unknown",
        templates(
            template(
                imageTagMutability="MUTABLE_WITH_EXCLUSION",
                imageTagMutabilityExclusionFilters=UNKNOWN,
            )
        ),
    ),
    passes("the mutability is unknown", templates(template(imageTagMutability=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(imageTagMutability="MUTABLE_WITH_EXCLUSION"))) == (
        "`MUTABLE_WITH_EXCLUSION` needs `imageTagMutabilityExclusionFilters`; name the "
        "tags that differ"
    )
