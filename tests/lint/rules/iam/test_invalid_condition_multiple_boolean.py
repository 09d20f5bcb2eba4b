"""Several values where a boolean is compared."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, problems, table, trips

RULE = "invalid-condition-multiple-boolean"


def compared(value: Any, operator: str = "Bool") -> dict[str, Any]:
    return allow(Condition={operator: {"aws:SecureTransport": value}})


def place(operator: str = "Bool") -> str:
    return f"/Statement/0/Condition/{operator}/aws:SecureTransport"


@table(
    trips("two", compared(["true", "false"]), place()),
    trips("two that are alike", compared([True, True]), place()),
    trips("with a suffix", compared(["true", "false"], "BoolIfExists"), place("BoolIfExists")),
    trips(
        "with a qualifier",
        compared(["true", "false"], "ForAnyValue:Bool"),
        place("ForAnyValue:Bool"),
    ),
    trips("Null", compared(["true", "false"], "Null"), place("Null")),
    trips("beside an unknown one", compared(["true", UNKNOWN, "false"]), place()),
    passes("one", compared("true")),
    passes("a list of one", compared(["true"])),
    passes("an unknown one", compared(["true", UNKNOWN])),
    passes("another operator", compared(["true", "false"], "StringEquals")),
    passes("unknown", compared(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, compared(["true", "false"])) == (
        "`aws:SecureTransport` is compared with 2 values, and `Bool` takes one; "
        "write `true` or `false`"
    )


def test_fix() -> None:
    assert fixed(RULE, compared(["true", "TRUE"])) == compared("true")
    assert fixed(RULE, compared([False, False], "Null")) == compared("false", "Null")


def test_no_fix_is_a_guess() -> None:
    for value in (["true", "false"], ["true", "true", UNKNOWN], ["true", "true", None]):
        assert not any(each.fix for each in problems(RULE, compared(value)))
