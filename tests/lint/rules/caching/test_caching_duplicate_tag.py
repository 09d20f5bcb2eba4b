"""A tag that a template gives twice."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    tag,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-duplicate-tag"


@table(
    trips(
        "twice",
        templates(template(resourceTags=[tag("a"), tag("a", "2")])),
        "/repositoryCreationTemplates/0/resourceTags/1/Key",
    ),
    passes("in other letters", templates(template(resourceTags=[tag("a"), tag("A")]))),
    passes("unknown", templates(template(resourceTags=[tag("a"), tag(UNKNOWN)]))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(resourceTags=[tag("a"), tag("a")]))) == (
        "the key `a` stands twice; give each key one value"
    )
