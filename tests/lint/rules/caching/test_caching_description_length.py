"""A description that is too long."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-description-length"


@table(
    trips(
        "too long",
        templates(template(description="a" * 257)),
        "/repositoryCreationTemplates/0/description",
    ),
    passes("the longest", templates(template(description="a" * 256))),
    passes("unknown", templates(template(description=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(description="a" * 257))) == (
        "a description has 256 characters at most, not 257; shorten it"
    )
