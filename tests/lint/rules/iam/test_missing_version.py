"""A policy without `Version`."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import document, statement
from tests.lint.tables import Case, fixed, message, passes, problems, table, trips

RULE = "missing-version"


def without(**elements: Any) -> dict[str, Any]:
    return document(statement(**elements), version=None)


@table(
    trips("none", without(Resource="*"), ""),
    trips("nothing at all", {}, ""),
    trips("of a repository", without(Principal="*"), "", kind=Kind.REPOSITORY),
    trips("an unknown statement", {"Statement": UNKNOWN}, ""),
    passes("the newer", document(statement(Resource="*"))),
    passes("the older", document(statement(Resource="*"), version="2008-10-17")),
    passes("null, which another rule tells", {"Version": None}),
    passes("an unknown version", {"Version": UNKNOWN}),
    passes("unknown", UNKNOWN),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, without(Resource="*")) == (
        "the policy has no `Version`, and is read as one of the version `2008-10-17`; "
        'write `"Version": "2012-10-17"`'
    )


def test_fix() -> None:
    assert fixed(RULE, without(Resource="*")) == document(statement(Resource="*"))


@pytest.mark.parametrize(
    "elements",
    [
        {"Resource": ["*", "arn:aws:ecr:us-east-1:1:repository/${aws:username}"]},
        {"Resource": "*", "Condition": {"StringLike": {"aws:userid": ["a", "${aws:username}"]}}},
        {"Resource": UNKNOWN},
    ],
)
def test_what_may_be_a_variable_has_no_fix(elements: Any) -> None:
    [found] = problems(RULE, without(**elements))
    assert found.fix == ()
