"""More than 50 tags for a repository."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    tag,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-too-many-tags"


@table(
    trips(
        "one too many",
        templates(template(resourceTags=[tag(f"k{n}") for n in range(51)])),
        "/repositoryCreationTemplates/0/resourceTags",
    ),
    passes(
        "as many as there may be",
        templates(template(resourceTags=[tag(f"k{n}") for n in range(50)])),
    ),
    passes(
        "one may turn out to be none",
        templates(template(resourceTags=[UNKNOWN, *(tag(f"k{n}") for n in range(50))])),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(resourceTags=[tag(f"k{n}") for n in range(51)]))) == (
        "a repository has 50 tags at most, not 51; leave some out"
    )
