"""A statement that stands there twice."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import document, statement
from tests.lint.tables import Case, fixed, message, passes, table, trips

RULE = "redundant-statement"

CONDITION = {"StringEquals": {"aws:username": ["a", "b"], "aws:RequestedRegion": "us-east-1"}}


def one(**elements: Any) -> dict[str, Any]:
    return statement(**{"Resource": "*", **elements})


@table(
    trips("the same", document(one(), one()), "/Statement/1"),
    trips("another id", document(one(Sid="A"), one(Sid="B")), "/Statement/1"),
    trips("a list of one", document(one(Action=["ECR:*"]), one()), "/Statement/1"),
    trips(
        "another order",
        document(one(Action=["ecr:*", "s3:*"]), one(Action=["s3:*", "ecr:*"])),
        "/Statement/1",
    ),
    trips(
        "another order of conditions",
        document(
            one(Condition=CONDITION),
            one(
                Condition={
                    "StringEquals": {
                        "aws:requestedregion": ["us-east-1"],
                        "aws:username": ["b", "a"],
                    }
                }
            ),
        ),
        "/Statement/1",
    ),
    trips(
        "everybody",
        document(one(Principal="*"), one(Principal={"AWS": ["*"]})),
        "/Statement/1",
        kind=Kind.REGISTRY,
    ),
    trips(
        "three", document(one(), one(Action="s3:*"), one(), one()), "/Statement/2", "/Statement/3"
    ),
    trips("beside unknown ones", {"Statement": [one(), UNKNOWN, one()]}, "/Statement/2"),
    passes("another effect", document(one(), one(effect="Deny"))),
    passes("another action", document(one(), one(Action="ecr:PutImage"))),
    passes("all but", document(one(), one(NotAction="ecr:*"))),
    passes(
        "another case of a resource",
        document(one(Resource="arn:aws:s3:::a"), one(Resource="arn:aws:s3:::A")),
    ),
    passes("another value", document(one(), one(Condition=CONDITION))),
    passes("no effect", document({"Action": "ecr:*"}, {"Action": "ecr:*"})),
    passes("one", document(one())),
    passes("no list", {"Statement": one()}),
    passes("unknown actions", document(one(Action=[UNKNOWN]), one(Action=[UNKNOWN]))),
    passes("unknown conditions", document(one(Condition=UNKNOWN), one(Condition=UNKNOWN))),
    passes(
        "unknown keys",
        document(one(Condition={"Bool": UNKNOWN}), one(Condition={"Bool": UNKNOWN})),
    ),
    passes(
        "unknown values",
        document(
            one(Condition={"Bool": {"a:b": UNKNOWN}}), one(Condition={"Bool": {"a:b": UNKNOWN}})
        ),
    ),
    passes("unknown principals", document(one(Principal=UNKNOWN), one(Principal=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, document(one(), one())) == (
        "statement 1 says the same; delete it, or write what it was to say"
    )


def test_fix() -> None:
    assert fixed(RULE, document(one(), one(Action="s3:*"), one(Sid="A"))) == document(
        one(), one(Action="s3:*")
    )
