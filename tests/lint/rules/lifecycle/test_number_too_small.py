"""A number below 1."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    pushed,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "number-too-small"


@table(
    trips("a count", document(rule(any_image() | count(0))), "/rules/0/selection/countNumber"),
    trips("days", document(rule(any_image() | pushed(-1))), "/rules/0/selection/countNumber"),
    trips(
        "a priority", document(rule(any_image() | count(1), priority=0)), "/rules/0/rulePriority"
    ),
    passes("the least", document(rule(any_image() | count(1), priority=1))),
    passes("unknown", document(rule(any_image() | count(1) | {"countNumber": UNKNOWN}))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(any_image() | count(0)))) == (
        "`countNumber` is 1 at least, not 0; raise it"
    )
