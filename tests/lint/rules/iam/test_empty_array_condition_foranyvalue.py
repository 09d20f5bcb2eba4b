"""A condition without values, for any value."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from tests.iam.builders import identity, request
from tests.lint.tables import Case, allow, fixed, message, passes, table, trips

RULE = "empty-array-condition-foranyvalue"

KEY = "aws:TagKeys"


def asking(operator: str, value: Any) -> dict[str, Any]:
    return allow(Condition={operator: {KEY: value}})


def at(operator: str) -> str:
    return f"/Statement/0/Condition/{operator}/{KEY}"


@table(
    trips("no value", asking("ForAnyValue:StringEquals", []), at("ForAnyValue:StringEquals")),
    trips(
        "with a suffix",
        asking("ForAnyValue:StringLikeIfExists", []),
        at("ForAnyValue:StringLikeIfExists"),
    ),
    passes("the other qualifier", asking("ForAllValues:StringEquals", [])),
    passes("what another rule tells", asking("ForAnyValue:Null", [])),
    passes("an empty value", asking("ForAnyValue:StringEquals", [""])),
    passes("no operator", asking("StringEqual", [])),
    passes("unknown", asking("ForAnyValue:StringEquals", UNKNOWN)),
    passes("a list of unknown values", asking("ForAnyValue:StringEquals", [UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("ForAnyValue:StringEquals", [])) == (
        "the condition on `aws:TagKeys` has no values: it never holds; "
        "name the values, or delete the statement"
    )


@pytest.mark.parametrize(
    ("operator", "told", "missing", "there"),
    [
        ("ForAnyValue:StringEquals", "it never holds", False, False),
        (
            "ForAnyValue:StringEqualsIfExists",
            "it holds only where the key is missing",
            True,
            False,
        ),
        ("ForAnyValue:StringNotEquals", "it holds whatever values the key has", False, True),
        ("ForAnyValue:StringNotEqualsIfExists", "it always holds", True, True),
    ],
)
def test_the_engine_says_so_too(operator: str, told: str, *, missing: bool, there: bool) -> None:
    assert f"has no values: {told};" in message(RULE, asking(operator, []))
    granted = iam.PolicySet(identity=(identity(Condition={operator: {KEY: []}}),))
    assert iam.authorize(request(), granted).allowed is missing
    assert iam.authorize(request(context={KEY: "a"}), granted).allowed is there


def test_fix() -> None:
    assert fixed(RULE, asking("ForAnyValue:StringLikeIfExists", [])) == asking("Null", "true")
