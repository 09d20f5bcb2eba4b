"""A word that is none of those allowed."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    archived,
    count,
    document,
    pushed,
    rule,
    untagged,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "not-in-enum"


@table(
    trips(
        "a unit",
        document(rule(any_image() | pushed(1) | {"countUnit": "hours"})),
        "/rules/0/selection/countUnit",
    ),
    trips(
        "in capitals",
        document(rule(any_image() | count(1) | {"storageClass": "STANDARD"})),
        "/rules/0/selection/storageClass",
    ),
    trips(
        "an action", document(rule(any_image() | count(1), action="delete")), "/rules/0/action/type"
    ),
    passes("known words", document(rule(archived(90) | any_image()), rule(untagged() | pushed(1)))),
    passes(
        "unknown",
        document(rule(any_image() | count(1), action="delete") | {"action": {"type": UNKNOWN}}),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(any_image() | count(1), action="Expire"))) == (
        "`Expire` is no `type`; write `expire`"
    )
    assert message(RULE, document(rule(any_image() | pushed(1) | {"countUnit": "hours"}))) == (
        "`hours` is no `countUnit`; write `days`"
    )
