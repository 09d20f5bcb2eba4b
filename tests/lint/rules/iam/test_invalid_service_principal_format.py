"""A service that is not written as one."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-service-principal-format"


def passed(value: Any, operator: str = "StringEquals", key: str = "iam:PassedToService") -> Any:
    return allow(Action="iam:PassRole", Condition={operator: {key: value}})


@table(
    trips(
        "a principal", grant(Principal={"Service": "codebuild"}), "/Statement/0/Principal/Service"
    ),
    trips(
        "one of two",
        grant(Principal={"Service": ["codebuild.amazonaws.com", "ecs-tasks"]}),
        "/Statement/0/Principal/Service/1",
    ),
    trips(
        "an ARN",
        grant(Principal={"Service": "arn:aws:iam::111122223333:root"}),
        "/Statement/0/Principal/Service",
    ),
    trips(
        "in a condition",
        passed(["ec2.amazonaws.com", "ecs"]),
        "/Statement/0/Condition/StringEquals/iam:PassedToService/1",
        kind=Kind.IDENTITY,
    ),
    trips(
        "a service that calls",
        passed("athena", "ForAnyValue:StringLike", "AWS:CalledVia"),
        "/Statement/0/Condition/ForAnyValue:StringLike/AWS:CalledVia",
        kind=Kind.IDENTITY,
    ),
    passes("a service", grant(Principal={"Service": "codebuild.amazonaws.com"})),
    passes("of a region", grant(Principal={"Service": "logs.us-east-1.amazonaws.com"})),
    passes("of China", passed("ec2.amazonaws.com.cn"), kind=Kind.IDENTITY),
    passes("a wildcard, which another rule tells", grant(Principal={"Service": "*"})),
    passes("a pattern", passed("ec2*", "StringLike"), kind=Kind.IDENTITY),
    passes("a variable", passed("${aws:PrincipalTag/a}"), kind=Kind.IDENTITY),
    passes("whether it is there", passed("true", "Null"), kind=Kind.IDENTITY),
    passes("another key", passed("ecs", key="aws:PrincipalTag/a"), kind=Kind.IDENTITY),
    passes("unknown", grant(Principal={"Service": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    expected = "`ecs` is no service; write it as in `codebuild.amazonaws.com`"
    assert message(RULE, grant(Principal={"Service": "ecs"})) == expected
    assert message(RULE, passed("ecs"), Kind.IDENTITY) == expected
