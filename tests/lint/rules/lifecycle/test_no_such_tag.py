"""An entry of a list of tags that no tag can have."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.builders import any_image, count, document, patterns, prefixes, rule
from tests.lint.tables import Case, message, passes, table, trips

RULE = "no-such-tag"
PREFIX, PATTERN = "/rules/0/selection/tagPrefixList", "/rules/0/selection/tagPatternList"


def with_prefixes(*several: Any) -> dict[str, Any]:
    return document(rule(prefixes(*several) | count(1)))


def with_patterns(*several: Any) -> dict[str, Any]:
    return document(rule(patterns(*several) | count(1)))


@table(
    trips("a star in a prefix", with_prefixes("release-*"), f"{PREFIX}/0"),
    trips("one of two", with_prefixes("v", "a b"), f"{PREFIX}/1"),
    trips("no letter of ASCII", with_prefixes("é"), f"{PREFIX}/0"),
    trips(
        "a beginning that tags have not", with_prefixes("-a", ".a"), f"{PREFIX}/0", f"{PREFIX}/1"
    ),
    trips("too long", with_prefixes("a" * 129), f"{PREFIX}/0"),
    trips("a colon in a pattern", with_patterns("web:*"), f"{PATTERN}/0"),
    trips("a pattern that begins so", with_patterns("-*"), f"{PATTERN}/0"),
    trips("a long pattern", with_patterns("a" * 64 + "*" + "a" * 65), f"{PATTERN}/0"),
    trips("beside what is unknown", with_prefixes(UNKNOWN, "a*"), f"{PREFIX}/1"),
    passes("a prefix", with_prefixes("release-", "_a", "v1.", "A")),
    passes("as long as can be", with_prefixes("a" * 128)),
    passes("a pattern", with_patterns("release-*", "*", "*-a", "*.1", "v*.*")),
    passes("a pattern as long as can be", with_patterns("a" * 64 + "*" + "a" * 64)),
    passes("empty", with_prefixes("")),
    passes("in a rule that takes none", document(rule(any_image() | {"tagPrefixList": ["*"]}))),
    passes("unknown", with_prefixes(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, with_prefixes("release-*")) == (
        "no tag begins with `release-*`: the rule selects nothing; `*` is a character in a prefix: "
        "put it into a `tagPatternList`, or leave it out"
    )
    assert message(RULE, with_patterns("web:*")) == (
        "no tag matches `web:*`: the rule selects nothing; a tag has letters, digits, `_`, `.` and "
        "`-`, begins with none of the last two, and has 128 characters at most"
    )
