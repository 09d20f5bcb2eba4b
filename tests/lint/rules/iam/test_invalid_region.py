"""A Region in a condition that there is not."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "invalid-region"


def within(value: Any, operator: str = "StringEquals", key: str = "aws:RequestedRegion") -> Any:
    return allow(Condition={operator: {key: value}})


PLACE = "/Statement/0/Condition/StringEquals/aws:RequestedRegion"


@table(
    trips("misspelled", within("us-east1"), PLACE),
    trips("one of two", within(["us-east-1", "us-east-9"]), f"{PLACE}/1"),
    trips("in capitals", within("US-EAST-1"), PLACE),
    trips(
        "a pattern that means none",
        within("usa-*", "StringNotLike"),
        "/Statement/0/Condition/StringNotLike/aws:RequestedRegion",
    ),
    trips(
        "of Amazon EC2",
        within("us-east1", "StringEqualsIfExists", "ec2:region"),
        "/Statement/0/Condition/StringEqualsIfExists/ec2:region",
    ),
    passes("Regions", within(["us-east-1", "cn-north-1", "us-gov-west-1"])),
    passes("a pattern without Like, which another rule tells", within("us-*")),
    passes("a pattern", within("eu-*", "StringLike")),
    passes("in capitals, where case does not count", within("US-EAST-1", "StringEqualsIgnoreCase")),
    passes("global endpoints", within("aws-global")),
    passes("a variable", within("${aws:PrincipalTag/region}")),
    passes("whether it is there", within("true", "Null")),
    passes("another key", within("us-east1", key="aws:PrincipalTag/region")),
    passes("unknown", within([UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, within("us-east1")) == "`us-east1` is no Region; write `us-east-1`"
    assert message(RULE, within("x")) == "`x` is no Region; write it as in `us-east-1`"
