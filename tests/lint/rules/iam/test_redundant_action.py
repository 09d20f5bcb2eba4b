"""An action that another one covers."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, fixed, message, passes, table, trips

RULE = "redundant-action"


def of(*actions: Any) -> dict[str, Any]:
    return allow(Action=list(actions))


def at(number: int, element: str = "Action") -> str:
    return f"/Statement/0/{element}/{number}"


@table(
    trips("a pattern covers it", of("ecr:Batch*", "ecr:BatchGetImage"), at(1)),
    trips("the pattern comes later", of("ecr:BatchGetImage", "ecr:Batch*"), at(0)),
    trips("a pattern covers a pattern", of("ecr:Get*Policy", "ecr:Get*"), at(0)),
    trips("everything", of("*", "ecr:*", "s3:*"), at(1), at(2)),
    trips("twice, in another case", of("ecr:PutImage", "ECR:putimage"), at(1)),
    trips("two ways of writing one pattern", of("ecr:**", "ecr:*"), at(0)),
    trips("three ways", of("ecr:*", "ecr:***", "ecr:**"), at(1), at(2)),
    trips("one character", of("ecr:?utImage", "ecr:PutImage"), at(1)),
    trips("excepted twice", allow(NotAction=["ecr:*", "ecr:PutImage"]), at(1, "NotAction")),
    trips("beside an unknown value", of(UNKNOWN, "ecr:*", "ecr:PutImage"), at(2)),
    passes("more than the pattern", of("iam:Get*", "iam:*CredentialReport")),
    passes("fewer characters", of("ecr:P?tImage", "ecr:PtImage")),
    passes("one", of("ecr:*")),
    passes("no list", allow(Action="ecr:*")),
    passes(
        "in another statement", {"Statement": [{"Action": "ecr:*"}, {"Action": "ecr:PutImage"}]}
    ),
    passes("unknown", of("ecr:*", UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, of("ecr:Batch*", "ecr:BatchGetImage")) == (
        "`ecr:Batch*` covers `ecr:BatchGetImage`; delete it"
    )
    assert message(RULE, of("ecr:PutImage", "ecr:PutImage")) == (
        "`ecr:PutImage` stands here twice; delete it"
    )


def test_fix() -> None:
    assert fixed(RULE, of("ecr:PutImage", "ecr:*", "ecr:**", "s3:*", "ECR:*")) == of(
        "ecr:*", "s3:*"
    )
