"""A statement without actions."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "missing-action"


NONE = {"Effect": "Allow", "Resource": "*"}


@table(
    trips("the only statement", {"Statement": NONE}, "/Statement"),
    trips("one of two", {"Statement": [*allow()["Statement"], NONE]}, "/Statement/1"),
    trips("in an SCP", {"Statement": [NONE]}, "/Statement/0", kind=Kind.SCP),
    passes("Action", allow()),
    passes("NotAction", allow(NotAction="ecr:*")),
    passes("unknown", allow(Action=UNKNOWN)),
    passes("the statement is unknown", {"Statement": [UNKNOWN]}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {"Statement": NONE}) == (
        "the statement has neither `Action` nor `NotAction`; add one"
    )
