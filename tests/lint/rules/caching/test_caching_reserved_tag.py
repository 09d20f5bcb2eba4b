"""A resource tag that AWS keeps to itself."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    tag,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-reserved-tag"


@table(
    trips(
        "a key",
        templates(template(resourceTags=[tag("AWS:a")])),
        "/repositoryCreationTemplates/0/resourceTags/0/Key",
    ),
    trips(
        "a value",
        templates(template(resourceTags=[tag("a", "aws:b")])),
        "/repositoryCreationTemplates/0/resourceTags/0/Value",
    ),
    passes("within it", templates(template(resourceTags=[tag("my-aws:a")]))),
    passes("unknown", templates(template(resourceTags=[tag(UNKNOWN)]))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(resourceTags=[tag("aws:a")]))) == (
        "the key `aws:a` starts with `aws:`, which AWS keeps to itself; choose another beginning"
    )
