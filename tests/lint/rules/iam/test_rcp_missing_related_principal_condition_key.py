"""A deny of strangers that denies services."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "rcp-missing-related-principal-condition-key"

OURS = "o-a1b2c3d4e5"
IS_SERVICE = "aws:PrincipalIsAWSService"


def refusing(**block: Any) -> dict[str, Any]:
    return deny(Principal="*", Condition=block)


@table(
    trips(
        "of another organization",
        refusing(StringNotEquals={"aws:PrincipalOrgID": OURS}),
        "/Statement/0/Condition/StringNotEquals/aws:PrincipalOrgID (name)",
    ),
    trips(
        "without a tag",
        refusing(StringNotEqualsIfExists={"aws:PrincipalTag/team": "a"}),
        "/Statement/0/Condition/StringNotEqualsIfExists/aws:PrincipalTag~1team (name)",
    ),
    trips(
        "of no organization",
        refusing(Null={"aws:PrincipalOrgID": "true"}),
        "/Statement/0/Condition/Null/aws:PrincipalOrgID (name)",
    ),
    trips(
        "services are meant",
        refusing(StringNotEquals={"aws:PrincipalOrgID": OURS}, Bool={IS_SERVICE: "true"}),
        "/Statement/0/Condition/StringNotEquals/aws:PrincipalOrgID (name)",
    ),
    trips(
        "an unknown value",
        refusing(StringNotEquals={"aws:PrincipalOrgID": UNKNOWN}),
        "/Statement/0/Condition/StringNotEquals/aws:PrincipalOrgID (name)",
    ),
    passes(
        "services are excepted",
        refusing(StringNotEquals={"aws:PrincipalOrgID": OURS}, BoolIfExists={IS_SERVICE: "false"}),
    ),
    passes(
        "in other words",
        refusing(StringNotEquals={"aws:PrincipalOrgID": OURS, IS_SERVICE: "true"}),
    ),
    passes(
        "a caller is needed",
        refusing(StringNotEquals={"aws:PrincipalOrgID": OURS}, Null={"aws:PrincipalArn": "false"}),
    ),
    passes(
        "a source is asked for",
        refusing(StringNotEquals={"aws:PrincipalOrgID": OURS, "aws:SourceOrgID": OURS}),
    ),
    passes(
        "a network is needed",
        refusing(
            StringNotEquals={"aws:PrincipalOrgID": OURS}, StringEquals={"aws:SourceVpc": "vpc-1"}
        ),
    ),
    passes("of our own", refusing(StringEquals={"aws:PrincipalOrgID": OURS})),
    passes(
        "an exception that is unknown",
        refusing(StringNotEquals={"aws:PrincipalOrgID": OURS}, Bool={IS_SERVICE: UNKNOWN}),
    ),
    passes(
        "it allows",
        allow(Principal="*", Condition={"StringNotEquals": {"aws:PrincipalOrgID": OURS}}),
    ),
    passes(
        "an SCP",
        refusing(StringNotEquals={"aws:PrincipalOrgID": OURS, "aws:SourceOrgID": OURS}),
        kind=Kind.SCP,
    ),
    passes("an operator that is none", refusing(StringUnlike={"aws:PrincipalOrgID": OURS})),
    passes("unknown", deny(Principal="*", Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, refusing(StringNotEquals={"aws:PrincipalOrgID": OURS})) == (
        "requests of AWS services have no `aws:PrincipalOrgID`: they are denied, too; "
        'add `"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}`'
    )
