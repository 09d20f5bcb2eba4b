"""A condition key without the one that it needs beside it."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, deny, grant, message, passes, table, trips

RULE = "missing-paired-condition-keys"

ADDRESS = {"aws:VpcSourceIp": "10.0.0.0/16"}
INSTANCE = {"aws:ec2instancesourceprivateipv4": "10.0.0.1"}
VPC = {"aws:SourceVpc": "vpc-1a2b3c4d"}
PLACE = "/Statement/0/Condition/IpAddress/aws:VpcSourceIp (name)"


def via_service(value: Any, effect: str = "Allow", **more: Any) -> dict[str, Any]:
    return grant(Effect=effect, Condition={"Bool": {"aws:ViaAWSService": value}, **more})


@table(
    trips("an address", grant(Condition={"IpAddress": ADDRESS}), PLACE),
    trips(
        "of an instance",
        grant(Condition={"IpAddress": INSTANCE, "StringEquals": VPC}),
        "/Statement/0/Condition/IpAddress/aws:ec2instancesourceprivateipv4 (name)",
    ),
    trips(
        "the exception of a deny",
        deny(Condition={"NotIpAddressIfExists": ADDRESS}),
        "/Statement/0/Condition/NotIpAddressIfExists/aws:VpcSourceIp (name)",
    ),
    trips(
        "another key beside it",
        grant(Condition={"IpAddress": {**ADDRESS, "aws:SourceIp": "1.1.1.1"}}),
        PLACE,
    ),
    trips(
        "any service",
        via_service("true"),
        "/Statement/0/Condition/Bool/aws:ViaAWSService (name)",
    ),
    passes("with the VPC", grant(Condition={"IpAddress": ADDRESS, "StringEquals": VPC})),
    passes(
        "in another case",
        grant(Condition={"IpAddress": ADDRESS, "StringLike": {"AWS:SOURCEVPCE": "v"}}),
    ),
    passes("it denies those", deny(Condition={"IpAddress": ADDRESS})),
    passes("all but those", grant(Condition={"NotIpAddress": ADDRESS})),
    passes("whether it is there", grant(Condition={"Null": {"aws:VpcSourceIp": "false"}})),
    passes(
        "a service",
        via_service(value=True, StringEquals={"aws:CalledViaLast": "athena.amazonaws.com"}),
    ),
    passes("no service", via_service("false")),
    passes("it denies where there is none", via_service("false", "Deny")),
    passes(
        "another condition is unknown", grant(Condition={"IpAddress": ADDRESS, "Bool": UNKNOWN})
    ),
    passes("the effect is unknown", grant(Effect=UNKNOWN, Condition={"IpAddress": ADDRESS})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Condition={"IpAddress": ADDRESS})) == (
        "`aws:VpcSourceIp` says little on its own; "
        "compare `aws:SourceVpc`, `aws:SourceVpce` or `aws:SourceVpcArn` in the same statement"
    )
