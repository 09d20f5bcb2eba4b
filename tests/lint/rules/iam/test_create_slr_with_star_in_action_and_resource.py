"""Creating the role of every service, by a pattern."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "create-slr-with-star-in-action-and-resource"

MEANT = {"Action": "iam:*"}
ONE = {"Resource": "*"}
PLACE = "/Statement/0/Resource"
OF_REPLICATION = "arn:aws:iam::*:role/aws-service-role/replication.ecr.amazonaws.com/*"


def written(**elements: Any) -> dict[str, Any]:
    return allow(**{**MEANT, **ONE, **elements})


def of_service(value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return written(Condition={operator: {"iam:AWSServiceName": value}})


def beside(*others: Any) -> dict[str, Any]:
    return {"Statement": [*written()["Statement"], *others]}


@table(
    trips("as it is", written(), PLACE),
    trips(
        "every role",
        written(Resource=["arn:aws:s3:::a", "arn:aws:iam::111122223333:role/*"]),
        "/Statement/0/Resource/1",
    ),
    trips("of services", written(Resource="arn:aws:iam::*:role/aws-service-role/*"), PLACE),
    trips("of China", written(Resource="arn:aws-cn:iam::*:role/aws-service-role/*"), PLACE),
    passes("of one service by its ARN", written(Resource=OF_REPLICATION)),
    passes("other roles", written(Resource="arn:aws:iam::*:role/service-role/*")),
    passes("unknown", written(Resource=UNKNOWN)),
    passes("all but some, which another rule tells", allow(**MEANT, NotResource=OF_REPLICATION)),
    trips("beside its name", written(Action=["iam:CreateServiceLinkedRole", "iam:C*"]), PLACE),
    trips("everything", written(Action="*"), PLACE),
    passes("by name, which another rule tells", written(Action="iam:CreateServiceLinkedRole")),
    passes("a pattern that does not mean it", written(Action="iam:Get*")),
    trips("of every service", of_service("*", "StringLike"), PLACE),
    passes("of one service", of_service("replication.ecr.amazonaws.com")),
    passes("of an unknown one", of_service(UNKNOWN)),
    trips("another condition", written(Condition={"Bool": {"aws:SecureTransport": "true"}}), PLACE),
    passes("a condition is unknown", written(Condition=UNKNOWN)),
    passes("it is denied", beside(*deny(Action="iam:*")["Statement"])),
    passes("it may be denied", beside(UNKNOWN)),
    trips("passing is denied", beside(*deny(Action="iam:PassRole")["Statement"]), PLACE),
    passes("the effect is unknown", written(Effect=UNKNOWN)),
    passes("it denies", written(Effect="Deny")),
    passes("in a boundary", written(), kind=Kind.BOUNDARY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, written()) == (
        "`iam:CreateServiceLinkedRole` is allowed for the role of every service that "
        "`*` covers; "
        "name the roles by their ARNs, or compare `iam:AWSServiceName` in a condition"
    )
