"""An allow of all actions but some, by tags."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import THERE
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "allow-notaction-with-unsupported-tag-condition-key-for-service"

TAG = "aws:ResourceTag/stage"
PLACE = "/Statement/0/Condition/StringEquals/aws:ResourceTag~1stage (name)"


def granting(
    key: str = TAG, operator: str = "StringEquals", value: Any = "test", **elements: Any
) -> dict[str, Any]:
    return allow(NotAction="iam:*", Condition={operator: {key: value}}, **elements)


@table(
    trips("a tag", granting(), PLACE),
    trips(
        "the keys of tags",
        granting("aws:TagKeys", "ForAnyValue:StringLike"),
        "/Statement/0/Condition/ForAnyValue:StringLike/aws:TagKeys (name)",
    ),
    trips("an unknown value", granting(value=UNKNOWN), PLACE),
    trips("of a registry", granting(Principal=THERE), PLACE, kind=Kind.REGISTRY),
    trips(
        "a tag of the request, of a repository",
        granting("aws:RequestTag/a", Principal=THERE),
        "/Statement/0/Condition/StringEquals/aws:RequestTag~1a (name)",
        kind=Kind.REPOSITORY,
    ),
    passes("of a repository", granting(Principal=THERE), kind=Kind.REPOSITORY),
    passes("negated", granting(operator="StringNotEquals")),
    passes("it may be missing", granting(operator="StringEqualsIfExists")),
    passes("another key", granting("aws:PrincipalTag/stage")),
    passes(
        "actions",
        allow(Action="ecr:*", Condition={"StringEquals": {TAG: "test"}}),
    ),
    passes(
        "it denies, which another rule tells",
        deny(NotAction="iam:*", Condition={"StringEquals": {TAG: "test"}}),
    ),
    passes("unknown", allow(NotAction="iam:*", Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, granting()) == (
        "what has no `aws:ResourceTag/stage` is not allowed, whatever `NotAction` says; "
        "name the actions that are to be allowed, with `Action`"
    )
