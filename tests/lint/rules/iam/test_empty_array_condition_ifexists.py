"""A condition without values, with `IfExists`."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from tests.iam.builders import identity, request
from tests.lint.tables import Case, allow, fixed, message, passes, table, trips

RULE = "empty-array-condition-ifexists"

KEY = "aws:RequestedRegion"


def asking(operator: str, value: Any) -> dict[str, Any]:
    return allow(Condition={operator: {KEY: value}})


def at(operator: str) -> str:
    return f"/Statement/0/Condition/{operator}/{KEY}"


@table(
    trips("no value", asking("StringEqualsIfExists", []), at("StringEqualsIfExists")),
    trips("negated", asking("StringNotEqualsIfExists", []), at("StringNotEqualsIfExists")),
    passes("no suffix", asking("StringEquals", [])),
    passes("a qualifier", asking("ForAnyValue:StringEqualsIfExists", [])),
    passes("what another rule tells", asking("NullIfExists", [])),
    passes("no operator", asking("StringEqual", [])),
    passes("unknown", asking("StringEqualsIfExists", UNKNOWN)),
    passes("a list of unknown values", asking("StringEqualsIfExists", [UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("StringEqualsIfExists", [])) == (
        "the condition on `aws:RequestedRegion` has no values: it holds only where the key is "
        'missing; write `"Null": {"aws:RequestedRegion": "true"}`'
    )


@pytest.mark.parametrize(
    ("operator", "told", "missing", "there"),
    [
        ("StringEqualsIfExists", "it holds only where the key is missing", True, False),
        ("StringNotEqualsIfExists", "it always holds", True, True),
    ],
)
def test_the_engine_says_so_too(operator: str, told: str, *, missing: bool, there: bool) -> None:
    assert f"has no values: {told};" in message(RULE, asking(operator, []))
    granted = iam.PolicySet(identity=(identity(Condition={operator: {KEY: []}}),))
    assert iam.authorize(request(), granted).allowed is missing
    assert iam.authorize(request(context={KEY: "a"}), granted).allowed is there


def test_fix() -> None:
    assert fixed(RULE, asking("StringEqualsIfExists", [])) == asking("Null", "true")


def test_what_would_have_to_be_moved_has_no_fix() -> None:
    case = allow(Condition={"StringEqualsIfExists": {KEY: [], "aws:username": "a"}})
    [found] = Case("", case, []).problems(RULE)
    assert found.fix == ()
    case = allow(Condition={"StringEqualsIfExists": {KEY: []}, "BoolIfExists": {KEY: []}})
    first, second = Case("", case, []).problems(RULE)
    assert first.fix
    assert second.fix == ()
