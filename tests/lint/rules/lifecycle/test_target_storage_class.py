"""Where a transition goes."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    pulled,
    rule,
)
from tests.lint.tables import Case, fixed, message, passes, problems, table, trips

RULE = "target-storage-class"


@table(
    trips(
        "a transition without",
        document(rule(any_image() | pulled(1)) | {"action": {"type": "transition"}}),
        "/rules/0/action",
    ),
    trips(
        "an expiry with",
        document(
            rule(any_image() | count(1))
            | {"action": {"type": "expire", "targetStorageClass": UNKNOWN}}
        ),
        "/rules/0/action/targetStorageClass",
    ),
    passes("a transition", document(rule(any_image() | pulled(1), action="transition"))),
    passes("an expiry", document(rule(any_image() | count(1)))),
    passes(
        "the target is unknown",
        document(
            rule(any_image() | count(1))
            | {"action": {"type": "transition", "targetStorageClass": UNKNOWN}}
        ),
    ),
    passes("unknown", document(rule(any_image() | count(1)) | {"action": {"type": UNKNOWN}})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE, document(rule(any_image() | pulled(1)) | {"action": {"type": "transition"}})
    ) == ('a `transition` needs a `targetStorageClass`; add `"targetStorageClass": "archive"`')
    assert message(
        RULE,
        document(
            rule(any_image() | count(1))
            | {"action": {"type": "expire", "targetStorageClass": "archive"}}
        ),
    ) == ("`expire` has no `targetStorageClass`; delete it")


def test_fix() -> None:
    value = document(rule(any_image() | pulled(1)) | {"action": {"type": "transition"}})
    assert fixed(RULE, value) == document(rule(any_image() | pulled(1), action="transition"))


def test_what_may_have_been_meant_otherwise_is_not_fixed() -> None:
    action = {"type": "expire", "targetStorageClass": "archive"}
    [found] = problems(RULE, document(rule(any_image() | count(1)) | {"action": action}))
    assert found.fix == ()
