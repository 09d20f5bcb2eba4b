"""A priority that two rules have."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    archived,
    count,
    document,
    rule,
    untagged,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "duplicate-priority"


@table(
    trips(
        "the same",
        document(rule(untagged() | count(1)), rule(any_image() | count(1))),
        "/rules/1/rulePriority",
    ),
    trips(
        "in both storage classes",
        document(rule(any_image() | count(1)), rule(any_image() | archived(90))),
        "/rules/1/rulePriority",
    ),
    passes(
        "others", document(rule(untagged() | count(1)), rule(any_image() | count(1), priority=2))
    ),
    passes(
        "unknown",
        document(
            rule(untagged() | count(1)), rule(any_image() | count(1)) | {"rulePriority": UNKNOWN}
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(untagged() | count(1)), rule(any_image() | count(1)))) == (
        "the priority 1 is that of `/rules/0` too; give each rule a number of its own"
    )
