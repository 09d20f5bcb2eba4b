"""A value of another JSON type."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    prefixes,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "wrong-type"


@table(
    trips(
        "a number in quotes",
        document(rule(any_image() | count(1) | {"countNumber": "1"})),
        "/rules/0/selection/countNumber",
    ),
    trips(
        "a decimal",
        document(rule(any_image() | count(1) | {"countNumber": 1.0})),
        "/rules/0/selection/countNumber",
    ),
    trips(
        "a boolean",
        document(rule(any_image() | count(1)) | {"rulePriority": True}),
        "/rules/0/rulePriority",
    ),
    trips(
        "one tag",
        document(rule(prefixes("a") | count(1) | {"tagPrefixList": "a"})),
        "/rules/0/selection/tagPrefixList",
    ),
    trips("a rule without a list", {"rules": rule(any_image() | count(1))}, "/rules"),
    trips("no object at all", [], ""),
    passes("all right", document(rule(prefixes("a") | count(1)))),
    passes(
        "null, which another rule tells",
        document(rule(any_image() | count(1)) | {"description": None}),
    ),
    passes(
        "unknown",
        document(
            rule(prefixes("a") | count(1) | {"countNumber": UNKNOWN, "tagPrefixList": UNKNOWN})
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(any_image() | count(1) | {"countNumber": "1"}))) == (
        "expected an integer, found a string, `1`"
    )
