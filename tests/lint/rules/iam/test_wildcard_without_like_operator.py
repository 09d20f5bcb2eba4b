"""A wildcard that stands for itself."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "wildcard-without-like-operator"


def asking(value: Any, operator: str = "StringEquals", key: str = "aws:userid") -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


PLACE = "/Statement/0/Condition/StringEquals/aws:userid"


@table(
    trips("a star", asking("team/*"), PLACE + "+5"),
    trips("a character", asking(["a", "b?"]), PLACE + "/1+1"),
    trips("behind a variable", asking("${aws:username}*"), PLACE + "+15"),
    trips(
        "negated, with qualifier and suffix",
        asking("*", "ForAnyValue:StringNotEqualsIfExists"),
        "/Statement/0/Condition/ForAnyValue:StringNotEqualsIfExists/aws:userid+0",
    ),
    trips(
        "in any case",
        asking("a*", "StringEqualsIgnoreCase"),
        "/Statement/0/Condition/StringEqualsIgnoreCase/aws:userid+1",
    ),
    trips(
        "a star in an address of the web",
        asking("https://a.example/?q=*", key="aws:Referer"),
        "/Statement/0/Condition/StringEquals/aws:Referer+21",
    ),
    trips("beside an unknown value", asking([UNKNOWN, "*"]), PLACE + "/1+0"),
    passes("an address of the web", asking("https://a.example/?q=1", key="aws:referer")),
    passes("none", asking("team/app")),
    passes("in a variable", asking("${*}${?}${aws:username, 'a*'}")),
    passes("a pattern", asking("team/*", "StringLike")),
    passes("an ARN", asking("arn:aws:iam::*:role/*", "ArnEquals", "aws:PrincipalArn")),
    passes("a key of another type", asking("10.0.0.*", key="aws:SourceIp")),
    passes("unknown", asking(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("team/*")) == (
        "the `*` in `team/*` stands for itself under `StringEquals`; "
        "write `StringLike` for a pattern"
    )
    assert message(
        RULE, asking("arn:aws:iam::1:role/?", "StringNotEqualsIfExists", "aws:PrincipalArn")
    ) == (
        "the `?` in `arn:aws:iam::1:role/?` stands for itself under `StringNotEqualsIfExists`; "
        "write `ArnNotLikeIfExists` for a pattern"
    )
    assert message(RULE, asking("o-*", key="aws:PrincipalOrgID")) == (
        "the `*` in `o-*` stands for itself under `StringEquals`; write each value in full"
    )
