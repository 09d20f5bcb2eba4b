"""The id of a VPC that is none."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, deny, message, passes, table, trips

RULE = "invalid-vpc-format"

PLACE = "/Statement/0/Condition/StringNotEquals/aws:SourceVpc"


def source(value: Any, operator: str = "StringNotEquals", key: str = "aws:SourceVpc") -> Any:
    return deny(Condition={operator: {key: value}})


@table(
    trips("too short", source("vpc-1a2b3c"), PLACE),
    trips("neither 8 nor 17", source("vpc-1a2b3c4d5e6f"), PLACE),
    trips("too long", source("vpc-1a2b3c4d1a2b3c4d55"), PLACE),
    trips("another prefix", source("vpce-1a2b3c4d"), PLACE),
    trips("an underscore", source("vpc_1a2b3c4d"), PLACE),
    trips("one of two", source(["vpc-1a2b3c4d", ""]), f"{PLACE}/1"),
    trips(
        "another case of the key",
        source("1a2b3c4d", "StringLike", "aws:sourcevpc"),
        "/Statement/0/Condition/StringLike/aws:sourcevpc",
    ),
    passes("8 characters", source("vpc-1a2b3c4d")),
    passes("17 characters", source("vpc-0a1b2c3d4e5f67890")),
    passes("a pattern, which another rule tells", source("vpc-*", "StringLike")),
    passes("a variable", source("${aws:PrincipalTag/a}")),
    passes("whether it is there", source("true", "Null")),
    passes("another key", source("vpc-1", key="aws:PrincipalTag/a")),
    passes("unknown", source([UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, source("vpc-1a2b3c")) == (
        "`vpc-1a2b3c` is no id of a VPC; write `vpc-` and the 8 or 17 characters behind it"
    )
