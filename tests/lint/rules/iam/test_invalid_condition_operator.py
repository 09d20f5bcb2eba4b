"""A condition operator that is none."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, problems, table, trips

RULE = "invalid-condition-operator"


def under(*operators: str) -> dict[str, Any]:
    return allow(Condition={operator: {"aws:SourceVpce": "x"} for operator in operators})


@table(
    trips("misspelled", under("StringEqual"), "/Statement/0/Condition/StringEqual (name)"),
    trips("another case", under("stringEquals"), "/Statement/0/Condition/stringEquals (name)"),
    trips(
        "another suffix",
        under("StringLikeIfExist"),
        "/Statement/0/Condition/StringLikeIfExist (name)",
    ),
    trips(
        "another qualifier",
        under("ForEachValue:StringLike"),
        "/Statement/0/Condition/ForEachValue:StringLike (name)",
    ),
    trips(
        "its keys are unknown", allow(Condition={"Is": UNKNOWN}), "/Statement/0/Condition/Is (name)"
    ),
    passes("an operator", under("StringEquals")),
    passes("with qualifier and suffix", under("ForAnyValue:StringLikeIfExists")),
    passes("unknown", allow(Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, under("StringEqual")) == (
        "`StringEqual` is no condition operator; write `StringEquals`"
    )
    assert message(RULE, under("Zzz")) == "`Zzz` is no condition operator"


def test_fix() -> None:
    assert fixed(RULE, under("stringequals")) == under("StringEquals")


def test_no_fix_is_a_guess() -> None:
    for operators in (["StringEqual"], ["stringequals", "StringEquals"], ["bool", "BOOL"]):
        assert not any(each.fix for each in problems(RULE, under(*operators)))
