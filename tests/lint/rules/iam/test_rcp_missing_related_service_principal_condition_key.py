"""A deny of services for strangers that denies everybody."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "rcp-missing-related-service-principal-condition-key"

OURS = "o-a1b2c3d4e5"
IS_SERVICE = "aws:PrincipalIsAWSService"


def refusing(**block: Any) -> dict[str, Any]:
    return deny(Principal="*", Condition=block)


@table(
    trips(
        "for another organization",
        refusing(StringNotEquals={"aws:SourceOrgID": OURS}),
        "/Statement/0/Condition/StringNotEquals/aws:SourceOrgID (name)",
    ),
    trips(
        "for another resource",
        refusing(ArnNotLikeIfExists={"aws:SourceArn": "arn:aws:s3:::a"}),
        "/Statement/0/Condition/ArnNotLikeIfExists/aws:SourceArn (name)",
    ),
    trips(
        "others are meant",
        refusing(StringNotEquals={"aws:SourceOrgID": OURS}, Bool={IS_SERVICE: "false"}),
        "/Statement/0/Condition/StringNotEquals/aws:SourceOrgID (name)",
    ),
    trips(
        "an unknown value",
        refusing(StringNotEquals={"aws:SourceOrgID": UNKNOWN}),
        "/Statement/0/Condition/StringNotEquals/aws:SourceOrgID (name)",
    ),
    passes(
        "a service calls",
        refusing(StringNotEquals={"aws:SourceOrgID": OURS}, Bool={IS_SERVICE: "true"}),
    ),
    passes(
        "so it does",
        refusing(
            StringNotEquals={"aws:SourceOrgID": OURS},
            StringEquals={"aws:PrincipalServiceName": "codebuild.amazonaws.com"},
        ),
    ),
    passes(
        "a source is needed",
        refusing(StringNotEquals={"aws:SourceOrgID": OURS}, Null={"aws:SourceAccount": "false"}),
    ),
    passes(
        "the caller is asked for",
        refusing(StringNotEquals={"aws:PrincipalOrgID": OURS, "aws:SourceOrgID": OURS}),
    ),
    passes("for our own", refusing(StringEquals={"aws:SourceOrgID": OURS})),
    passes(
        "an exception that is unknown",
        refusing(StringNotEquals={"aws:SourceOrgID": OURS}, Bool={IS_SERVICE: UNKNOWN}),
    ),
    passes(
        "it allows",
        allow(Principal="*", Condition={"StringNotEquals": {"aws:SourceOrgID": OURS}}),
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
    assert message(RULE, refusing(StringNotEquals={"aws:SourceOrgID": OURS})) == (
        "only requests of AWS services have `aws:SourceOrgID`: others are denied, too; "
        'add `"Bool": {"aws:PrincipalIsAWSService": "true"}`'
    )
