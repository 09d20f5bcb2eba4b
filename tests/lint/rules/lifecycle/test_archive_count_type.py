"""A count type of the other storage class."""

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

RULE = "archive-count-type"


@table(
    trips(
        "the archive by push",
        document(rule(any_image() | pushed(1) | {"storageClass": "archive"})),
        "/rules/0/selection",
    ),
    trips(
        "the archive by count",
        document(rule(any_image() | count(1) | {"storageClass": "archive"})),
        "/rules/0/selection",
    ),
    trips(
        "not the archive",
        document(rule(any_image() | archived(90) | {"storageClass": "standard"})),
        "/rules/0/selection",
    ),
    passes("the archive", document(rule(any_image() | archived(90)))),
    passes("standard", document(rule(any_image() | pushed(1)))),
    passes(
        "the storage class is unknown",
        document(rule(any_image() | pushed(1) | {"storageClass": UNKNOWN})),
    ),
    passes(
        "the count type is unknown",
        document(rule(any_image() | archived(90) | {"countType": UNKNOWN})),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(any_image() | pushed(1) | {"storageClass": "archive"}))) == (
        "`sinceImagePushed` looks at the storage class `standard` alone; use "
        "`sinceImageTransitioned`, or leave `storageClass` out"
    )
    assert message(
        RULE, document(rule(any_image() | archived(90) | {"storageClass": "standard"}))
    ) == (
        '`sinceImageTransitioned` looks at archived images alone; add `"storageClass": "archive"`'
    )
