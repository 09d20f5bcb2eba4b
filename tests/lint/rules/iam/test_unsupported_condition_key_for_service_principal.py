"""A key that requests of services do not have."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import SERVICE, THERE
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "unsupported-condition-key-for-service-principal"

PLACE = "/Statement/0/Condition/StringEquals/"
OF_ORGANIZATION = f"{PLACE}aws:PrincipalOrgID (name)"


def granted(
    key: str = "aws:PrincipalOrgID",
    operator: str = "StringEquals",
    value: Any = "o-a1b2c3d4e5",
    **elements: Any,
) -> dict[str, Any]:
    elements = {"Principal": {"Service": SERVICE}, **elements}
    return grant(Condition={operator: {key: value}}, **elements)


@table(
    trips("of an organization", granted(), OF_ORGANIZATION),
    trips("a tag", granted("aws:principaltag/a"), f"{PLACE}aws:principaltag~1a (name)"),
    trips("an ARN", granted("AWS:PrincipalArn"), f"{PLACE}AWS:PrincipalArn (name)"),
    trips("it denies", granted(Effect="Deny"), OF_ORGANIZATION),
    trips(
        "beside an account",
        granted(Principal={"AWS": THERE, "Service": [SERVICE]}),
        OF_ORGANIZATION,
    ),
    trips("an unknown value", granted(value=UNKNOWN), OF_ORGANIZATION),
    trips("in a registry policy", granted(Resource="*"), OF_ORGANIZATION, kind=Kind.REGISTRY),
    passes("the organization of the source", granted("aws:SourceOrgID")),
    passes("an account", granted(Principal={"AWS": THERE})),
    passes("everybody", granted(Principal="*")),
    passes("all but the service", granted(NotPrincipal={"Service": SERVICE}, Principal="*")),
    passes("it may be missing", granted(operator="StringEqualsIfExists")),
    passes("so here", granted("aws:PrincipalOrgPaths", "ForAllValues:StringEquals")),
    passes("whether it is there", granted(operator="Null", value="true")),
    passes("unknown", granted(Principal=UNKNOWN)),
    passes("of an identity", granted(), kind=Kind.IDENTITY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, granted()) == (
        "no request of `codebuild.amazonaws.com` has the condition key `aws:PrincipalOrgID`; "
        "compare `aws:SourceOrgID`, `aws:SourceAccount` or `aws:SourceArn`"
    )
