"""A condition on whose the resource is, in the resource's own policy."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import HERE
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "irrelevant-condition-key-in-policy"


def granted(
    key: str = "aws:ResourceAccount", value: Any = HERE, operator: str = "StringEquals"
) -> dict[str, Any]:
    return grant(Principal="*", Condition={operator: {key: value}})


PLACE = "/Statement/0/Condition/StringEquals/aws:ResourceAccount (name)"


@table(
    trips("an account", granted(), PLACE),
    trips(
        "an organization, in another case",
        granted("AWS:resourceorgid", "o-a1b2c3d4e5"),
        "/Statement/0/Condition/StringEquals/AWS:resourceorgid (name)",
    ),
    trips(
        "paths",
        granted("aws:ResourceOrgPaths", "o-a1b2c3d4e5/*", "ForAnyValue:StringLike"),
        "/Statement/0/Condition/ForAnyValue:StringLike/aws:ResourceOrgPaths (name)",
    ),
    trips("of a registry", granted(), PLACE, kind=Kind.REGISTRY),
    passes("the account of the caller", granted(value="${aws:PrincipalAccount}")),
    passes("one of the two", granted(value=[HERE, "${aws:PrincipalAccount}"])),
    passes("another key", granted("aws:PrincipalAccount")),
    passes("of an identity", granted(), kind=Kind.IDENTITY),
    passes("of an endpoint", granted(), kind=Kind.ENDPOINT),
    passes("unknown", granted(value=UNKNOWN)),
    passes("one that is unknown", granted(value=[HERE, UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, granted()) == (
        "`aws:ResourceAccount` is the same for every request that this policy is about; "
        "compare `aws:PrincipalAccount`, or delete the condition"
    )
