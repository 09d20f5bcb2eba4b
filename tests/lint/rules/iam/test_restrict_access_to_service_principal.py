"""A service that may act for anybody."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import HERE, SERVICE
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "restrict-access-to-service-principal"

PLACE = "/Statement/0/Principal/Service"
PROJECT = f"arn:aws:codebuild:us-east-1:{HERE}:project/web"


def granted(**elements: Any) -> dict[str, Any]:
    return grant(**{"Principal": {"Service": SERVICE}, **elements})


def limited(key: str, value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return granted(Condition={operator: {key: value}})


@table(
    trips("no condition", granted(), PLACE),
    trips(
        "two services and an account",
        granted(Principal={"AWS": HERE, "Service": [SERVICE, "lambda.amazonaws.com"]}),
        f"{PLACE}/0",
        f"{PLACE}/1",
    ),
    trips("another condition", limited("aws:SourceVpc", "vpc-1a2b3c4d"), PLACE),
    trips("it may be missing", limited("aws:SourceAccount", HERE, "StringEqualsIfExists"), PLACE),
    trips("all but one", limited("aws:SourceAccount", HERE, "StringNotEquals"), PLACE),
    trips("any account", limited("aws:SourceAccount", "*", "StringLike"), PLACE),
    trips(
        "of any account",
        limited("aws:SourceArn", "arn:aws:codebuild:*:*:project/web", "ArnLike"),
        PLACE,
    ),
    trips("it is there", limited("aws:SourceArn", "false", "Null"), PLACE),
    trips("in a registry policy", granted(Resource="*"), PLACE, kind=Kind.REGISTRY),
    passes("an account", limited("aws:SourceAccount", HERE)),
    passes("a project", limited("AWS:SourceArn", PROJECT, "ArnLike")),
    passes("projects", limited("aws:SourceArn", f"arn:aws:codebuild:*:{HERE}:*", "StringLike")),
    passes("a bucket", limited("aws:SourceArn", "arn:aws:s3:::a-bucket", "ArnEquals")),
    passes("an organization", limited("aws:SourceOrgID", "o-a1b2c3d4e5")),
    passes(
        "a part of it",
        limited("aws:SourceOrgPaths", "o-a1b2c3d4e5/r-ab12/*", "ForAnyValue:StringLike"),
    ),
    passes("its own organization", limited("aws:SourceOrgID", "${aws:ResourceOrgID}")),
    passes(
        "no such operator, which another rule tells", limited("aws:SourceArn", PROJECT, "ArnIs")
    ),
    passes(
        "an organization of callers, which another rule tells", limited("aws:PrincipalOrgID", "o-a")
    ),
    passes("what no request has, which another rule tells", limited("aws:ARN", PROJECT, "ArnLike")),
    passes("no service", granted(Principal={"AWS": HERE})),
    passes("it denies", granted(Effect="Deny")),
    passes(
        "a trust policy", granted(Action=["sts:AssumeRole", "sts:TagSession"]), kind=Kind.RESOURCE
    ),
    passes("a value is unknown", limited("aws:SourceAccount", UNKNOWN)),
    passes("the condition is unknown", granted(Condition=UNKNOWN)),
    passes("the service is unknown", granted(Principal={"Service": UNKNOWN})),
    passes("of an identity", granted(), kind=Kind.IDENTITY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, granted()) == (
        "`codebuild.amazonaws.com` is allowed, for whomever it calls; "
        "compare `aws:SourceArn` or `aws:SourceAccount` with your own in a condition"
    )
