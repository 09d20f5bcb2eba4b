"""A member that is null."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    rule,
)
from tests.lint.tables import Case, fixed, message, passes, problems, table, trips

RULE = "null-member"


@table(
    trips(
        "optional",
        document(rule(any_image() | count(1)) | {"description": None}),
        "/rules/0/description",
    ),
    trips(
        "in a selection",
        document(rule(any_image() | count(1) | {"tagPrefixList": None})),
        "/rules/0/selection/tagPrefixList",
    ),
    trips("needed", document(rule(any_image() | count(1)) | {"action": None}), "/rules/0/action"),
    trips(
        "an element",
        document(rule({"tagStatus": "tagged", "tagPrefixList": ["a", None]} | count(1))),
        "/rules/0/selection/tagPrefixList/1",
    ),
    passes("absent", document(rule(any_image() | count(1)))),
    passes("unknown", document(rule(any_image() | count(1)) | {"description": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(any_image() | count(1)) | {"description": None})) == (
        "`description` is null; give it a value, or delete it"
    )


def test_fix() -> None:
    described = document(
        rule(any_image() | count(1) | {"tagPrefixList": None}) | {"description": None}
    )
    assert fixed(RULE, described) == document(rule(any_image() | count(1)))


def test_what_is_needed_is_not_deleted() -> None:
    [found] = problems(RULE, document(rule(any_image() | count(1)) | {"action": None}))
    assert found.fix == ()
