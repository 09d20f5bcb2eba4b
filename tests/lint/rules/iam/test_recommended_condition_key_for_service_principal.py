"""A service that is limited by what says nothing of for whom it calls."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import SERVICE, THERE
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "recommended-condition-key-for-service-principal"


def granted(
    key: str = "aws:SourceIp",
    operator: str = "IpAddress",
    value: Any = "203.0.113.0/24",
    **elements: Any,
) -> dict[str, Any]:
    elements = {"Principal": {"Service": SERVICE}, **elements}
    return grant(**{"Condition": {operator: {key: value}}, **elements})


PLACE = "/Statement/0/Condition/IpAddress/aws:SourceIp (name)"


@table(
    trips("an address", granted(), PLACE),
    trips(
        "an endpoint, in another case",
        granted("AWS:sourcevpce", "StringLike", "vpce-1"),
        "/Statement/0/Condition/StringLike/AWS:sourcevpce (name)",
    ),
    trips("beside an account", granted(Principal={"AWS": THERE, "Service": [SERVICE]}), PLACE),
    trips("an unknown value", granted(value=UNKNOWN), PLACE),
    trips("in a registry policy", granted(Resource="*"), PLACE, kind=Kind.REGISTRY),
    passes(
        "beside the source",
        granted(
            Condition={
                "IpAddress": {"aws:SourceIp": "203.0.113.0/24"},
                "StringEquals": {"aws:SourceAccount": THERE},
            }
        ),
    ),
    passes("the source alone", granted("aws:SourceOrgID", "StringEquals", "o-a1b2c3d4e5")),
    passes("whether it is there", granted(operator="Null", value="true")),
    passes("what another rule tells", granted("aws:Referer", "StringEquals", THERE)),
    passes("an account", granted(Principal={"AWS": THERE})),
    passes("it denies", granted(Effect="Deny")),
    passes("another key", granted("aws:SecureTransport", "Bool", "true")),
    passes("of an identity", granted(), kind=Kind.IDENTITY),
    passes("a condition is unknown", granted(Condition=UNKNOWN)),
    passes("unknown", granted(Principal=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, granted()) == (
        "`aws:SourceIp` does not tell for whom `codebuild.amazonaws.com` calls; "
        "compare `aws:SourceArn` or `aws:SourceAccount`"
    )
