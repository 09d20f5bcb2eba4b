"""The condition key `aws:ARN`."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import ROLE
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "unsupported-global-condition-key"


def compared(key: str, value: Any = ROLE, operator: str = "ArnLike") -> dict[str, Any]:
    return grant(Resource="*", Condition={operator: {key: value}})


@table(
    trips(
        "as it was written", compared("aws:ARN"), "/Statement/0/Condition/ArnLike/aws:ARN (name)"
    ),
    trips(
        "in another case",
        compared("AWS:Arn", operator="StringEquals"),
        "/Statement/0/Condition/StringEquals/AWS:Arn (name)",
    ),
    trips(
        "unknown value",
        compared("aws:ARN", UNKNOWN),
        "/Statement/0/Condition/ArnLike/aws:ARN (name)",
    ),
    trips(
        "in a repository policy",
        compared("aws:ARN"),
        "/Statement/0/Condition/ArnLike/aws:ARN (name)",
        kind=Kind.REPOSITORY,
    ),
    passes("the caller", compared("aws:PrincipalArn")),
    passes("the source", compared("aws:SourceArn")),
    passes("of a service", compared("lambda:Arn")),
    passes("of an identity, which another rule tells", compared("aws:ARN"), kind=Kind.IDENTITY),
    passes("unknown", grant(Resource="*", Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, compared("aws:ARN")) == (
        "no request has the condition key `aws:ARN`; compare `aws:PrincipalArn`, who calls, or "
        "`aws:SourceArn`, for which resource a service calls"
    )
