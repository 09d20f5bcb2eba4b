"""An empty list of exclusion filters."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import excludes, template, templates
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-empty-list"

NAME = "imageTagMutabilityExclusionFilters"


@table(
    trips("none", templates(template(**{NAME: []})), f"/repositoryCreationTemplates/0/{NAME}"),
    passes("no list", templates(template())),
    passes("one", templates(template(**{NAME: [excludes("a")]}))),
    passes("unknown", templates(template(**{NAME: UNKNOWN}))),
    passes("of which some are unknown", templates(template(**{NAME: [UNKNOWN]}))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(**{NAME: []}))) == (
        "the list of exclusion filters is empty; delete it"
    )
