"""A key that requests of a service do not have."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, deny, grant, message, passes, table, trips

RULE = "use-condition-key-only-with-supported-services"

KEY = "aws:VpceOrgID"
BLOCK = {"StringNotEquals": {KEY: "o-a1b2c3d4e5"}}
PLACE = f"/Statement/0/Condition/StringNotEquals/{KEY} (name)"


def refusing(*actions: Any, **elements: Any) -> dict[str, Any]:
    return deny(**{"Action": list(actions), "Condition": BLOCK, **elements})


@table(
    trips("everything", refusing("*"), PLACE),
    trips("all but some", deny(NotAction="ecr:*", Condition=BLOCK), PLACE),
    trips("another service", refusing("ecr:*", "EC2:RunInstances"), PLACE),
    trips("an action that does not know it", refusing("iam:PassRole"), PLACE),
    trips("an RCP", refusing("*", Principal="*"), PLACE, kind=Kind.RCP),
    trips(
        "of a repository, by name",
        grant(Action="ec2:*", Condition=BLOCK),
        PLACE,
        kind=Kind.REPOSITORY,
    ),
    trips(
        "another key, of fewer services",
        refusing("sqs:*", Condition={"StringEquals": {"aws:vpceaccount": "111122223333"}}),
        "/Statement/0/Condition/StringEquals/aws:vpceaccount (name)",
    ),
    trips(
        "the ARN of a VPC",
        refusing(
            "dynamodb:*", Condition={"ArnLike": {"aws:SourceVpcArn": "arn:aws:ec2:*:*:vpc/a"}}
        ),
        "/Statement/0/Condition/ArnLike/aws:SourceVpcArn (name)",
    ),
    trips(
        "the key must be missing",
        refusing("ec2:*", Condition={**BLOCK, "Null": {KEY: "true"}}),
        PLACE,
    ),
    trips("an unknown value", refusing("*", Condition={"StringNotEquals": {KEY: UNKNOWN}}), PLACE),
    passes("services that know it", refusing("ecr:*", "sqs:*", "iam:GetRole")),
    passes("of a repository", grant(Action="*", Condition=BLOCK), kind=Kind.REPOSITORY),
    passes("of an endpoint", grant(Action="*", Condition=BLOCK), kind=Kind.ENDPOINT),
    passes("the key must be there", refusing("*", Condition={**BLOCK, "Null": {KEY: "false"}})),
    passes("whether it is there", refusing("*", Condition={"Null": {KEY: "true"}})),
    passes("a pattern of services", refusing("e*:Get*")),
    passes("nothing at all", deny(NotAction="*", Condition=BLOCK)),
    passes("another key", refusing("*", Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}})),
    passes("unknown", refusing(UNKNOWN)),
    passes("a condition that is unknown", refusing("*", Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, refusing("*")) == (
        "only some services know the condition key `aws:VpceOrgID`; "
        "name actions of services that know it, such as `ecr:*`"
    )
    assert message(RULE, refusing("ecr:*", "ec2:*", "iam:PassRole")) == (
        "no request for `ec2:*` or `iam:PassRole` has the condition key `aws:VpceOrgID`; "
        "name actions of services that know it, such as `ecr:*`"
    )
