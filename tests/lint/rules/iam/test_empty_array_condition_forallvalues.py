"""A condition without values, for all values."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from tests.iam.builders import identity, request
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "empty-array-condition-forallvalues"

KEY = "aws:TagKeys"


def asking(operator: str, value: Any) -> dict[str, Any]:
    return allow(Condition={operator: {KEY: value}})


def at(operator: str) -> str:
    return f"/Statement/0/Condition/{operator}/{KEY}"


@table(
    trips("no value", asking("ForAllValues:StringEquals", []), at("ForAllValues:StringEquals")),
    trips(
        "with a suffix",
        asking("ForAllValues:StringLikeIfExists", []),
        at("ForAllValues:StringLikeIfExists"),
    ),
    passes("the other qualifier", asking("ForAnyValue:StringEquals", [])),
    passes("what another rule tells", asking("ForAllValues:Null", [])),
    passes("an empty value", asking("ForAllValues:StringEquals", [""])),
    passes("no operator", asking("StringEqual", [])),
    passes("unknown", asking("ForAllValues:StringEquals", UNKNOWN)),
    passes("a list of unknown values", asking("ForAllValues:StringEquals", [UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("ForAllValues:StringEquals", [])) == (
        "the condition on `aws:TagKeys` has no values: it holds only where the key is missing or "
        'empty; write `"Null": {"aws:TagKeys": "true"}`'
    )


@pytest.mark.parametrize(
    ("operator", "told", "missing", "there"),
    [
        (
            "ForAllValues:StringEquals",
            "it holds only where the key is missing or empty",
            True,
            False,
        ),
        ("ForAllValues:StringNotEquals", "it always holds", True, True),
    ],
)
def test_the_engine_says_so_too(operator: str, told: str, *, missing: bool, there: bool) -> None:
    assert f"has no values: {told};" in message(RULE, asking(operator, []))
    granted = iam.PolicySet(identity=(identity(Condition={operator: {KEY: []}}),))
    assert iam.authorize(request(), granted).allowed is missing
    assert iam.authorize(request(context={KEY: "a"}), granted).allowed is there
