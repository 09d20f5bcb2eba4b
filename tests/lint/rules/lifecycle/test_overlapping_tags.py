"""A rule that counts images which it cannot act on."""

from typing import Any

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
    pushed,
    rule,
    untagged,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "overlapping-tags"
PREFIXES, PATTERNS = "/rules/1/selection/tagPrefixList", "/rules/1/selection/tagPatternList"


def two(one: dict[str, Any], other: dict[str, Any], **members: Any) -> dict[str, Any]:
    return document(rule(one | pushed(5)), rule(other | count(1) | members, priority=2))


@table(
    trips("a shorter prefix", two(prefixes("prod-eu"), prefixes("prod")), PREFIXES),
    trips("a wider pattern", two(prefixes("prod-eu"), patterns("*-*")), PATTERNS),
    trips("every tag", two(patterns("v*"), patterns("*")), PATTERNS),
    trips("less is asked for", two(patterns("a", "b"), patterns("a")), PATTERNS),
    passes("others", two(prefixes("prod-eu"), prefixes("prod-us"))),
    passes("the earlier one is wider", two(prefixes("prod"), prefixes("prod-eu"))),
    passes("the same", two(patterns("a"), patterns("a"))),
    passes("neither is wider", two(patterns("*-eu"), patterns("prod-*"))),
    passes("by age", two(prefixes("prod-eu"), prefixes("prod"), **pushed(3))),
    passes("all images", two(prefixes("prod-eu"), any_image())),
    passes("untagged images", two(untagged(), patterns("*"))),
    passes(
        "the later one may ask for more",
        two(prefixes("ab"), {"tagStatus": "tagged", "tagPrefixList": ["a", UNKNOWN]}),
    ),
    passes("the count type is unknown", two(prefixes("ab"), prefixes("a"), countType=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, two(prefixes("ab"), prefixes("a"))) == (
        "the rule counts the images of `/rules/0` too, and cannot act on them; count them in, or "
        "choose tags that do not overlap"
    )


def test_the_engine_counts_them() -> None:
    rules = two(prefixes("prod-eu"), prefixes("prod"))["rules"]
    newer, older = image("1", "prod-eu", days=1), image("2", "prod", days=2)
    assert gone(preview(rules, older)) == []
    assert gone(preview(rules, newer, older)) == [("2", 2)]
