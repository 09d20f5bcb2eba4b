"""Passing all roles but some, for want of an exception."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "pass-role-with-not-action-and-not-resource"

MEANT = {"NotAction": "ecr:*"}
ONE = {"NotResource": "arn:aws:iam::111122223333:role/admin"}
PLACE = "/Statement/0/NotResource (name)"


def written(**elements: Any) -> dict[str, Any]:
    return allow(**{**MEANT, **ONE, **elements})


def to_service(value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return written(Condition={operator: {"iam:PassedToService": value}})


def beside(*others: Any) -> dict[str, Any]:
    return {"Statement": [*written()["Statement"], *others]}


@table(
    trips("as it is", written(), PLACE),
    passes("it is excepted", written(NotAction=["ecr:*", "iam:Pass*"])),
    passes("an exception is unknown", written(NotAction=["ecr:*", UNKNOWN])),
    trips("all buckets are excepted", written(NotResource="arn:aws:s3:::*"), PLACE),
    passes("all roles are excepted", written(NotResource=["arn:aws:iam::*:role/*"])),
    passes("everything is excepted", written(NotResource="*")),
    passes("an exception is unknown, of resources", written(NotResource=[UNKNOWN])),
    passes("resources, which another rule tells", allow(**MEANT, Resource="*")),
    trips("to every service", to_service("*", "StringLike"), PLACE),
    trips("to all but one", to_service("ec2.amazonaws.com", "StringNotEquals"), PLACE),
    trips("another condition", written(Condition={"Bool": {"aws:SecureTransport": "true"}}), PLACE),
    passes("to one service", to_service("ecs-tasks.amazonaws.com")),
    passes("to an unknown one", to_service(UNKNOWN)),
    passes("a condition is unknown", written(Condition=UNKNOWN)),
    passes("it is denied", beside(*deny(Action="iam:*")["Statement"])),
    passes("it may be denied", beside(UNKNOWN)),
    trips("another action is denied", beside(*deny(Action="ecr:*")["Statement"]), PLACE),
    trips(
        "it is denied for some",
        beside(*deny(Action="*", Resource="arn:aws:iam::*:role/a")["Statement"]),
        PLACE,
    ),
    passes("the effect is unknown", written(Effect=UNKNOWN)),
    passes("it denies", written(Effect="Deny")),
    passes("in a boundary", written(), kind=Kind.BOUNDARY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, written()) == (
        "`iam:PassRole` is allowed for every role that `NotResource` does not except; "
        "name the roles by their ARNs, or compare `iam:PassedToService` in a condition"
    )
