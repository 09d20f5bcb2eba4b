"""A wildcard where values must be told apart."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "wildcard-usage-too-permissive"

ORGANIZATION = "aws:PrincipalOrgID"
SUBJECT = "token.actions.githubusercontent.com:sub"
PLACE = "/Statement/0/Condition/StringLike/"


def like(key: str, value: Any, operator: str = "StringLike") -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def unless(key: str, value: Any, operator: str = "StringNotLike") -> dict[str, Any]:
    return deny(Condition={operator: {key: value}})


@table(
    trips("an organization", like(ORGANIZATION, "o-*"), f"{PLACE}{ORGANIZATION}+2"),
    trips("a long beginning", like(ORGANIZATION, "o-a1b2c3d4*"), f"{PLACE}{ORGANIZATION}+10"),
    trips(
        "an account",
        like("AWS:sourceaccount", ["111122223333", "1111????????"]),
        f"{PLACE}AWS:sourceaccount/1+4",
    ),
    trips("an endpoint", like("aws:SourceVpce", "vpce-*"), f"{PLACE}aws:SourceVpce+5"),
    trips(
        "the exception of a deny",
        unless(ORGANIZATION, "o-*", "StringNotLikeIfExists"),
        f"/Statement/0/Condition/StringNotLikeIfExists/{ORGANIZATION}+2",
    ),
    trips("a subject", like(SUBJECT, "repo:*"), f"{PLACE}{SUBJECT}+5"),
    trips("the second wildcard", like(SUBJECT, "repo:team/*:ref:*"), f"{PLACE}{SUBJECT}+16"),
    trips("any session", like("aws:userid", "*:deploy"), f"{PLACE}aws:userid+0"),
    trips(
        "any organization",
        like("aws:PrincipalOrgPaths", "*/ou-ab12-11111111/*", "ForAnyValue:StringLike"),
        "/Statement/0/Condition/ForAnyValue:StringLike/aws:PrincipalOrgPaths+0",
    ),
    trips(
        "behind a variable",
        like(SUBJECT, "project:${aws:PrincipalTag/a}*"),
        f"{PLACE}{SUBJECT}+29",
    ),
    passes("in full", like(ORGANIZATION, "o-a1b2c3d4e5")),
    passes("no pattern, which another rule tells", like(ORGANIZATION, "o-*", "StringEquals")),
    passes("enough before it", like(SUBJECT, "repo:team/*")),
    passes("enough before each", like(SUBJECT, "repo:team/*:ref:refs/heads/*")),
    passes("several in a row", like(SUBJECT, "repo:team/**")),
    passes("the sessions of a role", like("aws:userid", "AROAEXAMPLEEXAMPLE:*")),
    passes(
        "an organizational unit",
        like("aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*", "ForAnyValue:StringLike"),
    ),
    passes("in the organization", like("aws:ResourceOrgPaths", "${aws:PrincipalOrgID}/*")),
    passes("a literal", like("aws:SourceVpc", "vpc-1a2b3c${*}")),
    passes("another key", like("aws:PrincipalTag/team", "*")),
    passes("all but those", like(ORGANIZATION, "o-*", "StringNotLike")),
    passes("no such operator, which another rule tells", like(ORGANIZATION, "o-*", "StringLikes")),
    passes("it denies those", unless(ORGANIZATION, "o-*", "StringLike")),
    passes(
        "the effect is unknown",
        allow(Effect=UNKNOWN, Condition={"StringLike": {ORGANIZATION: "*"}}),
    ),
    passes("the version is unknown", {**like(SUBJECT, "${a}*"), "Version": UNKNOWN}),
    passes("unknown", like(ORGANIZATION, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, like(ORGANIZATION, "o-*")) == (
        "a wildcard stands in `o-*`, a value of `aws:PrincipalOrgID`; write each value in full"
    )
    assert message(RULE, like("aws:userid", "*:deploy")) == (
        "a wildcard stands in `*:deploy`, a value of `aws:userid`, with fewer than 6 characters "
        "right before it; write at least 6 characters before each wildcard"
    )
