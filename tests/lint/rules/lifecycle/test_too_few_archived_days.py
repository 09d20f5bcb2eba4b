"""Images that would leave the archive too soon."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    archived,
    document,
    pushed,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "too-few-archived-days"


@table(
    trips("a day too few", document(rule(any_image() | archived(89))), "/rules/0/selection"),
    passes("enough", document(rule(any_image() | archived(90)))),
    passes("since another time", document(rule(any_image() | pushed(30)))),
    passes("less than 1, which another rule tells", document(rule(any_image() | archived(0)))),
    passes("unknown", document(rule(any_image() | archived(90) | {"countNumber": UNKNOWN}))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(any_image() | archived(89)))) == (
        "archived images stay 90 days at least, not 89; set `countNumber` to 90 or more"
    )
