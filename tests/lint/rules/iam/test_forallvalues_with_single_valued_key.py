"""`ForAllValues` on a key with one value."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.facts import installed
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "forallvalues-with-single-valued-key"

KEY = "aws:PrincipalOrgID"
PLACE = f"/Statement/0/Condition/ForAllValues:StringEquals/{KEY} (name)"


def granted(key: str = KEY, operator: str = "ForAllValues:StringEquals", **more: Any) -> Any:
    return grant(Condition={operator: {key: "o-a1b2c3d4e5"}, **more})


@table(
    trips("an organization", granted(), PLACE),
    trips(
        "a tag",
        granted("ecr:ResourceTag/team", "ForAllValues:StringLikeIfExists"),
        "/Statement/0/Condition/ForAllValues:StringLikeIfExists/ecr:ResourceTag~1team (name)",
    ),
    trips(
        "it denies", grant(Effect="Deny", Condition=granted()["Statement"][0]["Condition"]), PLACE
    ),
    trips(
        "a list in the policy",
        grant(Condition={"ForAllValues:StringEquals": {KEY: ["a", "b"]}}),
        PLACE,
    ),
    trips(
        "of another service",
        granted("s3:prefix"),
        "/Statement/0/Condition/ForAllValues:StringEquals/s3:prefix (name)",
        facts=installed(),
    ),
    trips("it must be missing", granted(Null={KEY: "true"}), PLACE),
    passes("of another service, without facts", granted("s3:prefix")),
    passes("several values", granted("aws:TagKeys")),
    passes("the paths of an organization", granted("aws:PrincipalOrgPaths")),
    passes("any value", granted(operator="ForAnyValue:StringEquals")),
    passes("no qualifier", granted(operator="StringEquals")),
    passes("it must be there", granted(Null={KEY.lower(): "false"})),
    passes("it must be there, with a boolean", granted(Null={KEY: [False]})),
    passes("whether it must is unknown", granted(Null=UNKNOWN)),
    passes("whether it is there, which another rule tells", granted(operator="ForAllValues:Null")),
    passes("no such key", granted("aws:NoSuchKey")),
    passes("unknown", grant(Condition={"ForAllValues:StringEquals": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, granted()) == (
        "`ForAllValues:StringEquals` holds where there is no `aws:PrincipalOrgID`, a key with one "
        "value; write `StringEquals`"
    )
