"""A deny by tags, of services that do not know them."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.facts import OWN, installed
from tests.lint.tables import Case, allow, deny, message, passes, problems, table, trips

RULE = "deny-with-unsupported-tag-condition-key-for-service"

ALL = installed()
TAG = "aws:ResourceTag/stage"
PLACE = "/Statement/0/Condition/StringEquals/aws:ResourceTag~1stage (name)"


def refusing(
    *actions: Any, key: str = TAG, operator: str = "StringEquals", value: Any = "production"
) -> dict[str, Any]:
    return deny(Action=list(actions), Condition={operator: {key: value}})


@table(
    trips("one of two", refusing("ecr:*", "polly:*"), PLACE, facts=ALL),
    trips("by name", refusing("Polly:GetLexicon"), PLACE, facts=ALL),
    trips(
        "a tag of the request",
        refusing("polly:*", key="aws:requesttag/a"),
        "/Statement/0/Condition/StringEquals/aws:requesttag~1a (name)",
        facts=ALL,
    ),
    trips(
        "the keys of tags",
        refusing("polly:*", key="aws:TagKeys", operator="ForAnyValue:StringLike"),
        "/Statement/0/Condition/ForAnyValue:StringLike/aws:TagKeys (name)",
        facts=ALL,
    ),
    trips(
        "it must be there",
        refusing("polly:*", operator="Null", value="false"),
        "/Statement/0/Condition/Null/aws:ResourceTag~1stage (name)",
        facts=ALL,
    ),
    trips("an unknown value", refusing("polly:*", value=UNKNOWN), PLACE, facts=ALL),
    passes("all of them know it", refusing("ecr:*", "iam:DeleteRole"), facts=ALL),
    passes("negated", refusing("polly:*", operator="StringNotEquals"), facts=ALL),
    passes("it may be missing", refusing("polly:*", operator="StringEqualsIfExists"), facts=ALL),
    passes("it must be missing", refusing("polly:*", operator="Null", value="true"), facts=ALL),
    passes("no such operator", refusing("polly:*", operator="StringEqual"), facts=ALL),
    passes("another key", refusing("polly:*", key="aws:PrincipalTag/a"), facts=ALL),
    passes("everything", refusing("*", "p*:*"), facts=ALL),
    passes("no such service", refusing("pollyy:*"), facts=ALL),
    passes("it allows", allow(Action="polly:*", Condition={"StringEquals": {TAG: "a"}}), facts=ALL),
    passes(
        "NotAction", deny(NotAction="polly:*", Condition={"StringEquals": {TAG: "a"}}), facts=ALL
    ),
    passes("unknown", refusing(UNKNOWN), facts=ALL),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_without_facts() -> None:
    assert problems(RULE, refusing("ecr:*", "polly:*"), facts=OWN) == []


def test_message() -> None:
    assert message(RULE, refusing("ecr:*", "polly:*"), facts=ALL) == (
        "no request of `polly` has the condition key `aws:ResourceTag/stage`: nothing of it is "
        "denied; deny its actions in a statement without this condition"
    )
