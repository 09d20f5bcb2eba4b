"""Creating the role of all services but some."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "create-slr-with-not-resource"

MEANT = {"Action": "iam:CreateServiceLinkedRole"}
ONE = {"NotResource": "arn:aws:iam::*:role/aws-service-role/support.amazonaws.com/*"}
PLACE = "/Statement/0/NotResource (name)"
OF_REPLICATION = "arn:aws:iam::*:role/aws-service-role/replication.ecr.amazonaws.com/*"


def written(**elements: Any) -> dict[str, Any]:
    return allow(**{**MEANT, **ONE, **elements})


def of_service(value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return written(Condition={operator: {"iam:AWSServiceName": value}})


def beside(*others: Any) -> dict[str, Any]:
    return {"Statement": [*written()["Statement"], *others]}


@table(
    trips("as it is", written(), PLACE),
    passes("none of them", written(NotResource="arn:aws:iam::*:role/aws-service-role/*")),
    passes("no role", written(NotResource=["arn:aws:s3:::a", "arn:aws:iam::*:role/*"])),
    passes("unknown", written(NotResource=["arn:aws:s3:::a", UNKNOWN])),
    passes("by resource, which another rule tells", allow(**MEANT, Resource="*")),
    trips("in another case", written(Action="IAM:createservicelinkedrole"), PLACE),
    passes("by a pattern, which another rule tells", written(Action="iam:Create*")),
    passes("another action", written(Action="iam:CreateRole")),
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
        "`NotResource` does not except; "
        "name the roles by their ARNs, or compare `iam:AWSServiceName` in a condition"
    )
