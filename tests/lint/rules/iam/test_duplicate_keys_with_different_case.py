"""A condition key that stands twice, in different case."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, problems, table, trips

RULE = "duplicate-keys-with-different-case"


def on(keys: dict[str, Any]) -> dict[str, Any]:
    return allow(Condition={"StringEquals": keys})


@table(
    trips(
        "two",
        on({"aws:SourceVpc": "a", "aws:sourcevpc": "b"}),
        "/Statement/0/Condition/StringEquals/aws:sourcevpc (name)",
    ),
    trips(
        "three",
        on({"aws:SourceVpc": "a", "aws:sourcevpc": "b", "AWS:SourceVpc": UNKNOWN}),
        "/Statement/0/Condition/StringEquals/aws:sourcevpc (name)",
        "/Statement/0/Condition/StringEquals/AWS:SourceVpc (name)",
    ),
    trips(
        "in the name of a tag",
        on({"aws:ResourceTag/Team": "a", "aws:ResourceTag/team": "b"}),
        "/Statement/0/Condition/StringEquals/aws:ResourceTag~1team (name)",
    ),
    passes("unlike", on({"aws:SourceVpc": "a", "aws:SourceVpce": "b"})),
    passes(
        "under two operators",
        allow(Condition={"Null": {"aws:SourceVpc": "a"}, "StringLike": {"aws:sourcevpc": "b"}}),
    ),
    passes(
        "in two statements",
        {"Statement": [*on({"a:b": "c"})["Statement"], *on({"a:B": "c"})["Statement"]]},
    ),
    passes("unknown", allow(Condition={"StringEquals": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, on({"aws:SourceVpc": "a", "aws:sourcevpc": "b"})) == (
        "the condition key `aws:sourcevpc` stands here as `aws:SourceVpc`, too; keep one of the two"
    )


def test_fix() -> None:
    assert fixed(RULE, on({"a:b": ["c", "d"], "a:B": ["c", "d"]})) == on({"a:b": ["c", "d"]})


def test_no_fix_is_a_guess() -> None:
    for values in (("c", "d"), (["c", UNKNOWN], ["c", UNKNOWN]), (None, None), ("c", ["c", "d"])):
        made = on(dict(zip(("a:b", "a:B"), values, strict=True)))
        assert not any(each.fix for each in problems(RULE, made))
