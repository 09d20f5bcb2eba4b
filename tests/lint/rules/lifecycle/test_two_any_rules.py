"""Two rules for all images."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    archived,
    count,
    document,
    pushed,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "two-any-rules"


@table(
    trips(
        "two",
        document(rule(any_image() | count(1)), rule(any_image() | pushed(1), priority=2)),
        "/rules/1/selection/tagStatus",
    ),
    passes(
        "one in each storage class",
        document(rule(any_image() | count(1)), rule(any_image() | archived(90), priority=2)),
    ),
    passes(
        "unknown",
        document(rule(any_image() | count(1)), rule({"tagStatus": UNKNOWN} | count(2), priority=2)),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, document(rule(any_image() | count(1)), rule(any_image() | pushed(1), priority=2))
    ) == ("`/rules/0` selects all images of this storage class already; keep one of the two rules")
