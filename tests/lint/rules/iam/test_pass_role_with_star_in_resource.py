"""Passing every role."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "pass-role-with-star-in-resource"

MEANT = {"Action": "iam:PassRole"}
ONE = {"Resource": "*"}
PLACE = "/Statement/0/Resource"


def written(**elements: Any) -> dict[str, Any]:
    return allow(**{**MEANT, **ONE, **elements})


def to_service(value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return written(Condition={operator: {"iam:PassedToService": value}})


def beside(*others: Any) -> dict[str, Any]:
    return {"Statement": [*written()["Statement"], *others]}


@table(
    trips("as it is", written(), PLACE),
    passes("by a pattern, which another rule tells", written(Action=["iam:PassRole", "iam:*"])),
    trips(
        "every role of an account",
        written(Resource=["arn:aws:s3:::a", "arn:aws:iam::111122223333:role/*"]),
        "/Statement/0/Resource/1",
    ),
    trips("of every account", written(Resource="arn:aws:iam::*:role/*"), PLACE),
    trips("more than roles", written(Resource="arn:aws:iam::111122223333:*"), PLACE),
    trips("of China", written(Resource="arn:aws-cn:iam::*:role/*"), PLACE),
    trips("beside what is unknown", written(Resource=[UNKNOWN, "*"]), "/Statement/0/Resource/1"),
    passes("roles of a name", written(Resource="arn:aws:iam::*:role/service-*")),
    passes("users", written(Resource="arn:aws:iam::*:user/*")),
    passes("unknown", written(Resource=UNKNOWN)),
    passes(
        "all but some, which another rule tells",
        allow(**MEANT, NotResource="arn:aws:iam::111122223333:role/admin"),
    ),
    trips("to every service", to_service("*", "StringLike"), PLACE),
    trips("to all but one", to_service("ec2.amazonaws.com", "StringNotEquals"), PLACE),
    trips("another condition", written(Condition={"Bool": {"aws:SecureTransport": "true"}}), PLACE),
    passes("to one service", to_service("ecs-tasks.amazonaws.com")),
    passes("to an unknown one", to_service(UNKNOWN)),
    passes("a condition is unknown", written(Condition=UNKNOWN)),
    passes("it is denied", beside(*deny(Action="iam:*")["Statement"])),
    passes("it may be denied", beside(UNKNOWN)),
    trips(
        "it is denied for all but some",
        beside({"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:iam::*:role/a"}),
        PLACE,
    ),
    passes("it is not said what is denied", beside({"Effect": "Deny", "Action": "iam:*"})),
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
        "`iam:PassRole` is allowed for every role that `*` covers; "
        "name the roles by their ARNs, or compare `iam:PassedToService` in a condition"
    )
