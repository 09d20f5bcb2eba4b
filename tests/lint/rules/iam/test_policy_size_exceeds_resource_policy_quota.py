"""A policy of a resource that is too long."""

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, deny, message, passes, place, problems, table

RULE = "policy-size-exceeds-resource-policy-quota"


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        (Kind.REPOSITORY, 10_240),
        (Kind.REGISTRY, 10_240),
        (Kind.ENDPOINT, 20_480),
        (Kind.RESOURCE, 102_400),
    ],
)
def test_places(kind: Kind, most: int) -> None:
    assert [place(each) for each in problems(RULE, deny(), kind, text="x" * (most + 1))] == [""]
    assert problems(RULE, deny(), kind, text="x" * most) == []


@table(
    passes("no text", deny(Resource=["arn:aws:ecr:*:*:repository/a"] * 9000)),
    passes("unknown", UNKNOWN),
    passes("another kind", deny(), text="x" * 200_000, kind=Kind.SCP),
)
def test_what_is_not_too_long(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, deny(), text="x" * 10_241) == (
        "a repository policy has 10,240 characters at most, not 10,241; shorten or split it"
    )
