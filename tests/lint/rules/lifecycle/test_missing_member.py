"""A member that must be there."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "missing-member"


@table(
    trips("no rules", {}, ""),
    trips("nothing in a rule", document({}), "/rules/0", "/rules/0", "/rules/0"),
    trips(
        "no number",
        document(rule(any_image() | {"countType": "imageCountMoreThan"})),
        "/rules/0/selection",
    ),
    trips("no type", document(rule(any_image() | count(1)) | {"action": {}}), "/rules/0/action"),
    passes("all there", document(rule(any_image() | count(1)))),
    passes("null, which is there", document(rule(any_image() | count(1)) | {"action": None})),
    passes(
        "unknown",
        document(rule(any_image() | count(1)) | {"action": UNKNOWN, "selection": UNKNOWN}),
    ),
    passes("the rule is unknown", document(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {}) == ("the member `rules` is missing; add it")
