"""A list of tags where no tags are asked for."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    prefixes,
    rule,
    untagged,
)
from tests.lint.tables import Case, fixed, message, passes, problems, table, trips

RULE = "list-without-tagged"


@table(
    trips(
        "for all",
        document(rule(any_image() | {"tagPrefixList": ["a"]} | count(1))),
        "/rules/0/selection/tagPrefixList",
    ),
    trips(
        "untagged",
        document(rule(untagged() | {"tagPatternList": UNKNOWN} | count(1))),
        "/rules/0/selection/tagPatternList",
    ),
    passes("tagged", document(rule(prefixes("a") | count(1)))),
    passes("unknown", document(rule({"tagStatus": UNKNOWN, "tagPrefixList": ["a"]} | count(1)))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(any_image() | {"tagPrefixList": ["a"]} | count(1)))) == (
        "`tagPrefixList` goes with `tagStatus` `tagged` alone; delete it"
    )


def test_fix() -> None:
    value = document(rule(any_image() | {"tagPrefixList": [], "tagPatternList": []} | count(1)))
    assert fixed(RULE, value) == document(rule(any_image() | count(1)))


def test_what_may_have_been_meant_otherwise_is_not_fixed() -> None:
    for several in (["a"], [UNKNOWN], UNKNOWN):
        [found] = problems(
            RULE, document(rule(any_image() | {"tagPrefixList": several} | count(1)))
        )
        assert found.fix == ()
