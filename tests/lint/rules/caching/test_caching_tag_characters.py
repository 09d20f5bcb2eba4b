"""A resource tag with characters that no tag has."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    tag,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-tag-characters"


@table(
    trips(
        "in a value",
        templates(template(resourceTags=[tag("a", "b&c")])),
        "/repositoryCreationTemplates/0/resourceTags/0/Value",
    ),
    trips(
        "in a key",
        templates(template(resourceTags=[tag("a#")])),
        "/repositoryCreationTemplates/0/resourceTags/0/Key",
    ),
    passes("all that may be", templates(template(resourceTags=[tag("Größe 1", "+-=._:/@")]))),
    passes("unknown", templates(template(resourceTags=[tag("a", UNKNOWN)]))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(resourceTags=[tag("a", "b&c")]))) == (
        "the value `b&c` has the character `&`; use letters, digits, spaces and `+ - = . _ : / @`"
    )
