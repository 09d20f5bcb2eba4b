"""A deny of services for strangers that denies those that call for nobody."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "rcp-missing-service-condition-key-null-check"

OURS = "o-a1b2c3d4e5"
IS_SERVICE = "aws:PrincipalIsAWSService"


def refusing(**block: Any) -> dict[str, Any]:
    return deny(Principal="*", Condition=block)


@table(
    trips(
        "for another organization",
        refusing(StringNotEquals={"aws:SourceOrgID": OURS}, Bool={IS_SERVICE: "true"}),
        "/Statement/0/Condition/StringNotEquals/aws:SourceOrgID (name)",
    ),
    trips(
        "one service",
        refusing(
            StringNotEqualsIfExists={"aws:SourceAccount": "111122223333"},
            StringEquals={"aws:PrincipalServiceName": "codebuild.amazonaws.com"},
        ),
        "/Statement/0/Condition/StringNotEqualsIfExists/aws:SourceAccount (name)",
    ),
    trips(
        "an unknown value",
        refusing(StringNotEquals={"aws:SourceOrgID": UNKNOWN}, Bool={IS_SERVICE: "true"}),
        "/Statement/0/Condition/StringNotEquals/aws:SourceOrgID (name)",
    ),
    passes(
        "all callers, which another rule tells",
        refusing(StringNotEquals={"aws:SourceOrgID": OURS}),
    ),
    passes(
        "a source is needed",
        refusing(
            StringNotEquals={"aws:SourceOrgID": OURS},
            Bool={IS_SERVICE: "true"},
            Null={"aws:SourceAccount": "false"},
        ),
    ),
    passes(
        "an account is needed",
        refusing(
            StringNotEquals={"aws:SourceOrgID": OURS},
            Bool={IS_SERVICE: "true"},
            StringLike={"aws:SourceAccount": "*"},
        ),
    ),
    passes(
        "it may be needed",
        refusing(
            StringNotEquals={"aws:SourceOrgID": OURS},
            Bool={IS_SERVICE: "true"},
            Null={"aws:SourceAccount": UNKNOWN},
        ),
    ),
    passes(
        "for our own",
        refusing(StringEquals={"aws:SourceOrgID": OURS}, Bool={IS_SERVICE: "true"}),
    ),
    passes("it allows", allow(Principal="*", Condition={"Bool": {IS_SERVICE: "true"}})),
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
    for key, asked in (("aws:SourceOrgID", "aws:SourceAccount"), ("aws:SourceArn",) * 2):
        found = refusing(StringNotEquals={key: OURS}, Bool={IS_SERVICE: "true"})
        assert message(RULE, found) == (
            f"services that tell no source have no `{key}`: they are denied, too; "
            f'add `"Null": {{"{asked}": "false"}}`'
        )
