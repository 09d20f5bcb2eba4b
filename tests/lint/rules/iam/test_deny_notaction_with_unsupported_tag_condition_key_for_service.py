"""A deny of all actions but some, by tags."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "deny-notaction-with-unsupported-tag-condition-key-for-service"

TAG = "aws:ResourceTag/stage"
TAGGED = {"StringEquals": {TAG: "production"}}
PLACE = "/Statement/0/Condition/StringEquals/aws:ResourceTag~1stage (name)"


def refusing(key: str = TAG, operator: str = "StringEquals", value: Any = "a") -> dict[str, Any]:
    return deny(NotAction="ecr:Describe*", Condition={operator: {key: value}})


@table(
    trips("a tag of the resource", refusing(), PLACE),
    trips(
        "a tag of the request",
        refusing("AWS:RequestTag/a"),
        "/Statement/0/Condition/StringEquals/AWS:RequestTag~1a (name)",
    ),
    trips(
        "the keys of tags",
        refusing("aws:TagKeys", "ForAnyValue:StringEquals"),
        "/Statement/0/Condition/ForAnyValue:StringEquals/aws:TagKeys (name)",
    ),
    trips("unknown", deny(NotAction=UNKNOWN, Condition=TAGGED), PLACE),
    passes("negated", refusing(operator="StringNotEquals")),
    passes("it may be missing", refusing(operator="StringEqualsIfExists")),
    passes("it must be missing", refusing(operator="Null", value="true")),
    passes("a tag of the caller", refusing("aws:PrincipalTag/a")),
    passes("Action", deny(Action="ecr:*", Condition=TAGGED)),
    passes("it allows", allow(NotAction="ecr:*", Condition=TAGGED)),
    passes("the effect is unknown", deny(Effect=UNKNOWN, NotAction="ecr:*", Condition=TAGGED)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, refusing()) == (
        "what has no `aws:ResourceTag/stage` is not denied, whatever `NotAction` says; "
        "name the actions that are to be denied, with `Action`"
    )
