"""Two rules for untagged images."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    archived,
    count,
    document,
    pushed,
    rule,
    untagged,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "two-untagged-rules"


@table(
    trips(
        "two",
        document(rule(untagged() | count(1)), rule(untagged() | pushed(1), priority=2)),
        "/rules/1/selection/tagStatus",
    ),
    passes(
        "one in each storage class",
        document(rule(untagged() | count(1)), rule(untagged() | archived(90), priority=2)),
    ),
    passes(
        "the storage class is unknown",
        document(
            rule(untagged() | count(1)),
            rule(untagged() | count(2) | {"storageClass": UNKNOWN}, priority=2),
        ),
    ),
    passes(
        "unknown",
        document(rule(untagged() | count(1)), rule({"tagStatus": UNKNOWN} | count(2), priority=2)),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, document(rule(untagged() | count(1)), rule(untagged() | pushed(1), priority=2))
    ) == (
        "`/rules/0` selects the untagged images of this storage class already; keep one "
        "of the two rules"
    )
