"""Several tags in one list, all of which an image must have."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import (
    any_image,
    count,
    document,
    gone,
    image,
    patterns,
    prefixes,
    preview,
    rule,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "every-tag-required"


@table(
    trips(
        "prefixes",
        document(rule(prefixes("dev", "test") | count(1))),
        "/rules/0/selection/tagPrefixList",
    ),
    trips(
        "patterns",
        document(rule(patterns("*-dev", "*-test") | count(1))),
        "/rules/0/selection/tagPatternList",
    ),
    trips(
        "two, and what is unknown",
        document(rule({"tagStatus": "tagged", "tagPrefixList": ["a", UNKNOWN, "b"]} | count(1))),
        "/rules/0/selection/tagPrefixList",
    ),
    passes("one", document(rule(prefixes("dev") | count(1)))),
    passes("one, twice", document(rule(prefixes("dev", "dev") | count(1)))),
    passes(
        "in two rules",
        document(rule(prefixes("a") | count(1)), rule(prefixes("b") | count(1), priority=2)),
    ),
    passes(
        "one, and what is unknown",
        document(rule({"tagStatus": "tagged", "tagPrefixList": ["a", UNKNOWN]} | count(1))),
    ),
    passes(
        "of all images, which is refused",
        document(rule(any_image() | {"tagPrefixList": ["a", "b"]} | count(1))),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(rule(prefixes("dev", "test") | count(1)))) == (
        "an image must have tags for all of `dev` and `test`, not for one of them; if one is "
        'enough, write one rule for each: `"tagPrefixList": ["dev"]`, `"tagPrefixList": ["test"]`'
    )


def test_a_long_list_is_cut_short() -> None:
    said = message(RULE, document(rule(patterns(*"abcdef") | count(1))))
    assert said.endswith('`"tagPatternList": ["d"]`, and so on')


def test_the_engine_asks_for_all_of_them_and_for_one_after_the_rewrite() -> None:
    images = (image("1", "dev-1", days=3), image("2", "test-1", days=2), image("3", "dev", "test"))
    assert gone(preview([rule(prefixes("dev", "test") | count(1))], *images)) == []
    rewritten = [rule(prefixes("dev") | count(1)), rule(prefixes("test") | count(1), priority=2)]
    assert gone(preview(rewritten, *images)) == [("1", 1), ("2", 2)]
