"""A template for nothing."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-no-cause"


@table(
    trips(
        "nothing", templates(template(appliedFor=[])), "/repositoryCreationTemplates/0/appliedFor"
    ),
    passes("something", templates(template())),
    passes("there may be some", templates(template(appliedFor=[UNKNOWN]))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(appliedFor=[]))) == (
        "the template is for nothing; name what it is for, such as `REPLICATION`"
    )
