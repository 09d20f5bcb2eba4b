"""A member that no policy has."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "unknown-member"


@table(
    trips(
        "of the policy",
        {"Version": "1", **document(rule(any_image() | count(1)))},
        "/Version (name)",
    ),
    trips(
        "of a rule", document(rule(any_image() | count(1)) | {"name": "a"}), "/rules/0/name (name)"
    ),
    trips(
        "of a selection",
        document(rule(any_image() | count(1) | {"tagprefix": []})),
        "/rules/0/selection/tagprefix (name)",
    ),
    passes(
        "it may turn out to be absent", document(rule(any_image() | count(1)) | {"name": UNKNOWN})
    ),
    passes("described", document(rule(any_image() | count(1), description="all"))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(any_image() | count(1)) | {"descripton": "all"})) == (
        "no member is called `descripton`; write `description`, or delete it"
    )
