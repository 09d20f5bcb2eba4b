"""Exclusion filters without an exclusion."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    excludes,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-filters-not-taken"


@table(
    trips(
        "mutable",
        templates(
            template(
                imageTagMutability="MUTABLE", imageTagMutabilityExclusionFilters=[excludes("a")]
            )
        ),
        "/repositoryCreationTemplates/0/imageTagMutabilityExclusionFilters",
    ),
    trips(
        "by default",
        templates(template(imageTagMutabilityExclusionFilters=[excludes("a")])),
        "/repositoryCreationTemplates/0/imageTagMutabilityExclusionFilters",
    ),
    passes(
        "with exclusion",
        templates(
            template(
                imageTagMutability="MUTABLE_WITH_EXCLUSION",
                imageTagMutabilityExclusionFilters=[excludes("a")],
            )
        ),
    ),
    passes("an empty list", templates(template(imageTagMutabilityExclusionFilters=[]))),
    passes(
        "unknown",
        templates(
            template(imageTagMutability="MUTABLE", imageTagMutabilityExclusionFilters=UNKNOWN)
        ),
    ),
    passes(
        "there may be none",
        templates(
            template(imageTagMutability="MUTABLE", imageTagMutabilityExclusionFilters=[UNKNOWN])
        ),
    ),
    passes(
        "the mutability is unknown",
        templates(
            template(imageTagMutability=UNKNOWN, imageTagMutabilityExclusionFilters=[excludes("a")])
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE,
        templates(
            template(
                imageTagMutability="MUTABLE", imageTagMutabilityExclusionFilters=[excludes("a")]
            )
        ),
    ) == ("`MUTABLE` takes no exclusion filters; write `MUTABLE_WITH_EXCLUSION`, or delete them")
