"""A rule for all images that is not the last."""

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

RULE = "any-not-last"


@table(
    trips(
        "before another",
        document(rule(any_image() | count(1)), rule(untagged() | count(1), priority=2)),
        "/rules/0/rulePriority",
    ),
    trips(
        "whatever the order",
        document(rule(untagged() | count(1), priority=2), rule(any_image() | count(1))),
        "/rules/1/rulePriority",
    ),
    passes(
        "the last",
        document(rule(any_image() | count(1), priority=3), rule(untagged() | count(1), priority=2)),
    ),
    passes(
        "before one of the archive",
        document(rule(any_image() | count(1)), rule(untagged() | archived(90), priority=2)),
    ),
    passes(
        "a priority is unknown",
        document(
            rule(any_image() | count(1)), rule(untagged() | count(1)) | {"rulePriority": UNKNOWN}
        ),
    ),
    passes(
        "a storage class is unknown",
        document(
            rule(any_image() | count(1)),
            rule(untagged() | count(1) | {"storageClass": UNKNOWN}, priority=2),
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, document(rule(any_image() | count(1)), rule(untagged() | count(1), priority=2))
    ) == (
        "the rule for `any` image has priority 1, but one of its storage class has 2; "
        "give it a number above 2: it must be applied last"
    )
