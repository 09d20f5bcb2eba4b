"""An action that the count type does not go with."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    archived,
    document,
    pulled,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "count-type-and-action"


@table(
    trips("expired by pull", document(rule(any_image() | pulled(1))), "/rules/0/action/type"),
    trips(
        "archived again",
        document(rule(any_image() | archived(90), action="transition")),
        "/rules/0/action/type",
    ),
    passes("archived by pull", document(rule(any_image() | pulled(1), action="transition"))),
    passes("expired from the archive", document(rule(any_image() | archived(90)))),
    passes(
        "the count type is unknown",
        document(rule(any_image() | pulled(1) | {"countType": UNKNOWN})),
    ),
    passes(
        "the action is unknown",
        document(rule(any_image() | pulled(1)) | {"action": {"type": UNKNOWN}}),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(any_image() | pulled(1)))) == (
        "`sinceImagePulled` goes with `transition` alone; expire by `sinceImagePushed`, "
        "or archive with `transition`"
    )
    assert message(RULE, document(rule(any_image() | archived(90), action="transition"))) == (
        "`sinceImageTransitioned` goes with `expire` alone: the images are archived; use `expire`"
    )
