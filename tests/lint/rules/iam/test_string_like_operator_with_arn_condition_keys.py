"""ARNs compared as plain text."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.facts import installed
from tests.iam.builders import HERE, SERVICE, request
from tests.lint.tables import Case, fixed, grant, message, passes, problems, table, trips

RULE = "string-like-operator-with-arn-condition-keys"

PROJECTS = f"arn:aws:codebuild:us-east-1:{HERE}:project/*"
ANYWHERE = "arn:aws:codebuild:*:*:project/web"
PLACE = "/Statement/0/Condition/StringLike/aws:SourceArn (name)"


def like(value: Any, key: str = "aws:SourceArn", operator: str = "StringLike", **more: Any) -> Any:
    return grant(Condition={operator: {key: value, **more}})


@table(
    trips("in the name", like(PROJECTS), PLACE),
    trips("in the account", like(["arn:aws:s3:::a", ANYWHERE]), PLACE),
    trips("all", like("*"), PLACE),
    trips(
        "negated",
        like(PROJECTS, "aws:PrincipalArn", "StringNotLikeIfExists"),
        "/Statement/0/Condition/StringNotLikeIfExists/aws:PrincipalArn (name)",
    ),
    trips("beside what is unknown", like([UNKNOWN, PROJECTS]), PLACE),
    trips(
        "of another service",
        like("*", "iam:PolicyARN"),
        "/Statement/0/Condition/StringLike/iam:PolicyARN (name)",
        facts=installed(),
    ),
    passes("of another service, without facts", like("*", "iam:PolicyARN")),
    passes("the operator for ARNs", like(PROJECTS, operator="ArnLike")),
    passes("no wildcard", like(f"arn:aws:codebuild:us-east-1:{HERE}:project/web")),
    passes("no pattern", like(PROJECTS, operator="StringEquals")),
    passes("a literal", like("arn:aws:s3:::a${*}")),
    passes("a variable", like("arn:aws:iam::${aws:ResourceAccount}:role/ci", "aws:PrincipalArn")),
    passes("another key", like("*", "aws:PrincipalOrgID")),
    passes("no such operator", like(PROJECTS, operator="StringLikes")),
    passes("unknown", like(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, like(PROJECTS)) == (
        "`StringLike` compares the ARN in `aws:SourceArn` as text: a wildcard covers colons; "
        "write `ArnLike`"
    )


def test_fix() -> None:
    both = {"aws:PrincipalArn": f"arn:aws:iam::{HERE}:role/a*"}
    assert fixed(RULE, like(PROJECTS, **both)) == like(PROJECTS, operator="ArnLike", **both)
    name = "ForAnyValue:StringNotLike"
    assert fixed(RULE, like(PROJECTS, operator=name)) == (
        like(PROJECTS, operator="ForAnyValue:ArnNotLike")
    )


@pytest.mark.parametrize(
    "source",
    [
        f"arn:aws:codebuild:us-east-1:{HERE}:project/web",
        f"arn:aws:codebuild:us-east-1:{HERE}:project/a:b",
        f"arn:aws:codebuild:us-east-1:{HERE}:fleet/web",
        f"arn:aws:codebuild:us-east-1:{HERE}",
        "project/web",
        None,
    ],
)
@pytest.mark.parametrize(
    "operator", ["StringLike", "StringNotLike", "ForAllValues:StringLikeIfExists"]
)
def test_fix_changes_no_decision(source: str | None, operator: str) -> None:
    value = grant(Principal={"Service": SERVICE}, Condition={operator: {"aws:SourceArn": PROJECTS}})
    context = {} if source is None else {"aws:SourceArn": source}
    asked = request(SERVICE, resource_account=HERE, context=context)
    before, after = (
        iam.authorize(asked, iam.PolicySet(resource=(iam.parse(each, kind=iam.Kind.REPOSITORY),)))
        for each in (value, fixed(RULE, value))
    )
    assert before.effect is after.effect


@pytest.mark.parametrize(
    "value",
    [
        like(ANYWHERE),
        like("*"),
        like(f"{PROJECTS}/${{aws:username}}"),
        like([PROJECTS, UNKNOWN]),
        like(PROJECTS, **{"aws:PrincipalTag/a": "b"}),
        grant(Condition={"StringLike": {"aws:SourceArn": PROJECTS}, "ArnLike": {}}),
    ],
)
def test_what_may_change_a_decision_is_left_to_the_author(value: Any) -> None:
    assert [each.fix for each in problems(RULE, value)] == [()]
