"""The condition key `aws:ARN`, of the caller."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, deny, message, passes, table, trips

RULE = "deprecated-global-condition-key"

ADMIN = "arn:aws:iam::111122223333:role/admin"


def asking(key: str = "aws:ARN", value: Any = ADMIN) -> dict[str, Any]:
    return deny(Condition={"ArnLike": {key: value}})


@table(
    trips("the old name", asking(), "/Statement/0/Condition/ArnLike/aws:ARN (name)"),
    trips(
        "in another case",
        asking("AWS:arn"),
        "/Statement/0/Condition/ArnLike/AWS:arn (name)",
        kind=Kind.SCP,
    ),
    trips(
        "an unknown value", asking(value=UNKNOWN), "/Statement/0/Condition/ArnLike/aws:ARN (name)"
    ),
    passes("the new name", asking("aws:PrincipalArn")),
    passes("the source", asking("aws:SourceArn")),
    passes("an RCP, where another rule tells it", asking(), kind=Kind.RCP),
    passes("unknown", deny(Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking()) == (
        "the guide has no condition key `aws:ARN` any more; compare `aws:PrincipalArn`"
    )
