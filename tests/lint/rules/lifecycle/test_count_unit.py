"""A unit that is missing, or one too many."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    pushed,
    rule,
)
from tests.lint.tables import Case, fixed, message, passes, problems, table, trips

RULE = "count-unit"


@table(
    trips(
        "days without it",
        document(rule(any_image() | {"countType": "sinceImagePushed", "countNumber": 1})),
        "/rules/0/selection",
    ),
    trips(
        "images with it",
        document(rule(any_image() | count(1) | {"countUnit": "days"})),
        "/rules/0/selection",
    ),
    passes("days", document(rule(any_image() | pushed(1)))),
    passes("images", document(rule(any_image() | count(1)))),
    passes("unknown", document(rule(any_image() | {"countType": UNKNOWN, "countNumber": 1}))),
    passes("the unit is unknown", document(rule(any_image() | pushed(1) | {"countUnit": UNKNOWN}))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, document(rule(any_image() | {"countType": "sinceImagePushed", "countNumber": 1}))
    ) == ('`sinceImagePushed` needs a `countUnit`; add `"countUnit": "days"`')
    assert message(RULE, document(rule(any_image() | count(1) | {"countUnit": "days"}))) == (
        "`imageCountMoreThan` counts images and has no `countUnit`; delete the `countUnit`"
    )


def test_fix() -> None:
    without = {"countType": "sinceImagePushed", "countNumber": 1}
    assert fixed(RULE, document(rule(any_image() | without))) == document(
        rule(any_image() | pushed(1))
    )


def test_what_may_have_been_meant_otherwise_is_not_fixed() -> None:
    [found] = problems(RULE, document(rule(any_image() | count(1) | {"countUnit": "days"})))
    assert found.fix == ()
