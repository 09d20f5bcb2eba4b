"""A policy of an identity that is too long."""

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, deny, message, passes, place, problems, table

RULE = "policy-size-exceeds-identity-policy-quota"


@pytest.mark.parametrize(
    ("kind", "most"),
    [(Kind.IDENTITY, 6_144), (Kind.BOUNDARY, 6_144), (Kind.SESSION, 2_048)],
)
def test_places(kind: Kind, most: int) -> None:
    assert [place(each) for each in problems(RULE, deny(), kind, text="x" * (most + 1))] == [""]
    assert problems(RULE, deny(), kind, text="x" * most) == []


@table(
    passes("no text", deny(Resource=["arn:aws:ecr:*:*:repository/a"] * 9000)),
    passes("unknown", UNKNOWN),
    passes("another kind", deny(), text="x" * 200_000, kind=Kind.SCP),
    passes("white space", deny(), text=" " * 20_000),
)
def test_what_is_not_too_long(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, deny(), text="x" * 6_145) == (
        "an identity-based policy has 6,144 characters at most without white space, "
        "not 6,145; shorten or split it"
    )
