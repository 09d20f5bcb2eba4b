"""A service control policy that is too long."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, deny, message, passes, place, problems, table

RULE = "policy-size-exceeds-scp-quota"

LONG = " " * 5121


def test_places() -> None:
    assert [place(each) for each in problems(RULE, deny(), text=LONG)] == [""]


@table(
    passes("as long as may be", deny(), text=LONG[1:]),
    passes("no text", deny(Resource=["arn:aws:ecr:*:*:repository/a"] * 1000)),
    passes("unknown", UNKNOWN),
    passes("of an identity", deny(), text=LONG, kind=Kind.IDENTITY),
)
def test_what_is_not_too_long(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, deny(), text=LONG) == (
        "a service control policy has 5,120 characters at most, not 5,121; shorten or split it"
    )
