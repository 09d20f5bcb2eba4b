"""A resource tag that is too long, or has no key."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    tag,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-tag-length"


@table(
    trips(
        "no key",
        templates(template(resourceTags=[tag("")])),
        "/repositoryCreationTemplates/0/resourceTags/0/Key",
    ),
    trips(
        "a long value",
        templates(template(resourceTags=[tag("a", "1" * 257)])),
        "/repositoryCreationTemplates/0/resourceTags/0/Value",
    ),
    passes("no value", templates(template(resourceTags=[tag("a", "")]))),
    passes("unknown", templates(template(resourceTags=[tag(UNKNOWN)]))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(resourceTags=[tag("")]))) == (
        "a key has 1 to 128 characters, not 0; give one"
    )
