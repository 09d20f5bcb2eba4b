"""An allow by tags, of services that do not know them."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.facts import OWN, installed
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "allow-with-unsupported-tag-condition-key-for-service"

ALL = installed()
TAG = "aws:ResourceTag/stage"
PLACE = "/Statement/0/Condition/StringEquals/aws:ResourceTag~1stage (name)"


def granting(
    *actions: Any, key: str = TAG, operator: str = "StringEquals", value: Any = "test"
) -> dict[str, Any]:
    return allow(Action=list(actions), Condition={operator: {key: value}})


@table(
    trips("one of two", granting("ecr:*", "polly:*"), PLACE, facts=ALL),
    trips("by name", granting("Polly:GetLexicon"), PLACE, facts=ALL),
    trips(
        "the keys of tags",
        granting("polly:*", key="aws:TagKeys", operator="ForAnyValue:StringLike"),
        "/Statement/0/Condition/ForAnyValue:StringLike/aws:TagKeys (name)",
        facts=ALL,
    ),
    trips("an unknown value", granting("polly:*", value=UNKNOWN), PLACE, facts=ALL),
    passes("all of them know it", granting("ecr:*", "iam:DeleteRole"), facts=ALL),
    passes("negated", granting("polly:*", operator="StringNotEquals"), facts=ALL),
    passes("it may be missing", granting("polly:*", operator="StringEqualsIfExists"), facts=ALL),
    passes("another key", granting("polly:*", key="aws:PrincipalTag/a"), facts=ALL),
    passes("everything", granting("*", "p*:*"), facts=ALL),
    passes("no such service, which another rule tells", granting("poly:*"), facts=ALL),
    passes("services that are not known", granting("polly:*"), facts=OWN),
    passes(
        "it denies, which another rule tells",
        deny(Action="polly:*", Condition={"StringEquals": {TAG: "test"}}),
        facts=ALL,
    ),
    passes("unknown", granting(UNKNOWN), facts=ALL),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, granting("ecr:*", "polly:*"), facts=ALL) == (
        "no request of `polly` has the condition key `aws:ResourceTag/stage`: nothing of it is "
        "allowed; allow its actions in a statement without this condition"
    )
