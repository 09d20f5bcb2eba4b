"""A condition without values."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from tests.iam.builders import identity, request
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "empty-array-condition"

KEY = "aws:RequestedRegion"


def asking(operator: str, value: Any) -> dict[str, Any]:
    return allow(Condition={operator: {KEY: value}})


def at(operator: str) -> str:
    return f"/Statement/0/Condition/{operator}/{KEY}"


@table(
    trips("no value", asking("StringEquals", []), at("StringEquals")),
    trips("negated", asking("StringNotEquals", []), at("StringNotEquals")),
    trips("whether it is there", asking("Null", []), at("Null")),
    passes("an empty value", asking("StringEquals", "")),
    passes("a suffix", asking("StringEqualsIfExists", [])),
    passes("a qualifier", asking("ForAnyValue:StringEquals", [])),
    passes("no operator", asking("StringEqual", [])),
    passes("unknown", asking("StringEquals", UNKNOWN)),
    passes("a list of unknown values", asking("StringEquals", [UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("StringEquals", [])) == (
        "the condition on `aws:RequestedRegion` has no values: it never holds; "
        "name the values, or delete the statement"
    )
    assert message(RULE, asking("StringNotEquals", [])) == (
        "the condition on `aws:RequestedRegion` has no values: it always holds; "
        "name the values, or delete the condition"
    )


@pytest.mark.parametrize(
    ("operator", "told", "missing", "there"),
    [
        ("StringEquals", "it never holds", False, False),
        ("StringNotEquals", "it always holds", True, True),
        ("Null", "it never holds", False, False),
    ],
)
def test_the_engine_says_so_too(operator: str, told: str, *, missing: bool, there: bool) -> None:
    assert f"has no values: {told};" in message(RULE, asking(operator, []))
    granted = iam.PolicySet(identity=(identity(Condition={operator: {KEY: []}}),))
    assert iam.authorize(request(), granted).allowed is missing
    assert iam.authorize(request(context={KEY: "a"}), granted).allowed is there
