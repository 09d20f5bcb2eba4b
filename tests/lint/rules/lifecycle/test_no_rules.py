"""A policy without rules."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "no-rules"


@table(
    trips("none", {"rules": []}, "/rules"),
    passes("one", document(rule(any_image() | count(1)))),
    passes("there may be some", document(UNKNOWN)),
    passes("unknown", {"rules": UNKNOWN}),
    passes("missing, which another rule tells", {}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {"rules": []}) == (
        "a policy has one rule at least; delete the policy to keep all images"
    )
