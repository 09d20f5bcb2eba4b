"""Everybody is allowed something, in every account."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.iam import Kind as PolicyKind
from ecrpolicy.iam import PolicySet, Request
from ecrpolicy.lint import Kind
from tests.iam.builders import HERE, REPOSITORY, THERE, document, statement
from tests.lint.tables import Case, grant, message, passes, problems, table, trips

RULE = "public-access"
ORG = "aws:PrincipalOrgID"
PLACE = "/Statement/0/Principal"


def public(**condition: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"Principal": "*"}
    if condition:
        made["Condition"] = condition
    return grant(**made)


def limited(key: str, value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return public(**{operator: {key: value}})


def beside(deny: dict[str, Any]) -> dict[str, Any]:
    """A public grant, and a deny."""
    return document(statement(Principal="*"), deny)


def _unless_ours(**action: Any) -> dict[str, Any]:
    """A deny of everybody outside an organization."""
    return statement(
        "Deny", Principal="*", Condition={"StringNotEquals": {ORG: "o-exampleorgid"}}, **action
    )


@table(
    trips("everybody", public(), PLACE),
    trips("as an AWS principal", grant(Principal={"AWS": "*"}), f"{PLACE}/AWS"),
    trips("among others", grant(Principal={"AWS": [THERE, "*"]}), f"{PLACE}/AWS/1"),
    trips("in a registry", public(), PLACE, kind=Kind.REGISTRY),
    trips(
        "services, on whoever's behalf",
        limited("aws:PrincipalIsAWSService", "true", "Bool"),
        PLACE,
    ),
    trips("about something else", limited("aws:SecureTransport", "true", "Bool"), PLACE),
    trips("a tag of the caller", limited("aws:PrincipalTag/team", "web"), PLACE),
    trips("IfExists", limited(ORG, "o-exampleorgid", "StringEqualsIfExists"), PLACE),
    trips("all values", limited(ORG, "o-exampleorgid", "ForAllValues:StringEquals"), PLACE),
    trips("negated", limited(ORG, "o-exampleorgid", "StringNotEquals"), PLACE),
    trips("there at all", limited(ORG, "false", "Null"), PLACE),
    trips("any organization", limited(ORG, "o-*", "StringLike"), PLACE),
    trips("one of them is any", limited(ORG, ["o-exampleorgid", "*"], "StringLike"), PLACE),
    trips("any account", limited("aws:SourceAccount", "1111*", "StringLike"), PLACE),
    trips(
        "a role of any account",
        limited("aws:PrincipalArn", "arn:aws:iam::*:role/Build", "ArnLike"),
        PLACE,
    ),
    trips("any bucket", limited("aws:SourceArn", "arn:aws:s3:::*", "ArnLike"), PLACE),
    trips("any address", limited("aws:SourceIp", ["0.0.0.0/1", "128.0.0.0/1"], "IpAddress"), PLACE),
    trips("no version 6 address left", limited("aws:SourceIp", "::/0", "IpAddress"), PLACE),
    trips("what the caller is", limited(ORG, "${aws:PrincipalOrgID}"), PLACE),
    trips("another variable", limited(ORG, "${aws:PrincipalTag/org}"), PLACE),
    trips("the resource is ours", limited("aws:ResourceAccount", HERE), PLACE),
    trips(
        "the deny is of something else", beside(statement("Deny", Principal={"AWS": THERE})), PLACE
    ),
    trips(
        "the deny is of other actions",
        beside(
            statement(
                "Deny",
                Principal="*",
                Action="ecr:PutImage",
                Condition={"StringNotEquals": {ORG: "o-exampleorgid"}},
            )
        ),
        PLACE,
    ),
    trips(
        "the deny is of strangers and of others",
        beside(
            statement(
                "Deny", Principal="*", Condition={"StringNotLike": {ORG: ["o-exampleorgid", "o-*"]}}
            )
        ),
        PLACE,
    ),
    passes(
        "services are left out by another condition",
        public(
            StringLike={ORG: "o-*"},
            StringEqualsIfExists={"aws:PrincipalAccount": HERE},
        ),
    ),
    passes(
        "as the key must be there",
        public(
            Null={"aws:PrincipalArn": "false"},
            ArnLikeIfExists={"aws:PrincipalArn": f"arn:aws:iam::{HERE}:*"},
        ),
    ),
    passes(
        "everybody else is denied, and whatever action it is not said",
        beside(_unless_ours(Action="*") | {"Action": UNKNOWN}),
    ),
    passes(
        "all actions but one are allowed, and all are denied to everybody else",
        document(
            {"Effect": "Allow", "Principal": "*", "NotAction": "ecr:PutImage"},
            _unless_ours(Action=["ecr:PutImage", "*"]),
        ),
    ),
    trips(
        "all actions but one are allowed, and that one is denied to everybody else",
        document(
            {"Effect": "Allow", "Principal": "*", "NotAction": "ecr:PutImage"},
            _unless_ours(Action="ecr:PutImage"),
        ),
        PLACE,
    ),
    passes(
        "another deny is about all actions but some",
        beside(_unless_ours(NotAction="ecr:PutImage")),
    ),
    passes("an account", grant()),
    passes("a service", grant(Principal={"Service": "codebuild.amazonaws.com"})),
    passes("a deny", grant(Effect="Deny", Principal="*")),
    passes("everybody but some", grant(NotPrincipal={"AWS": THERE})),
    passes("an organization", limited(ORG, "o-exampleorgid")),
    passes("in other letters", limited("aws:principalorgid", "o-exampleorgid")),
    passes("a pattern that is one", limited(ORG, "o-exampleorg*", "StringLike")),
    passes("a star that is none", limited(ORG, "o-*")),
    passes(
        "a path of it", limited("aws:PrincipalOrgPaths", "o-example/*", "ForAnyValue:StringLike")
    ),
    passes("an account in a condition", limited("aws:PrincipalAccount", HERE)),
    passes("a number", limited("aws:PrincipalAccount", 111122223333)),
    passes("a source", limited("aws:SourceArn", f"arn:aws:codebuild:*:{HERE}:*", "ArnLike")),
    passes("a bucket", limited("aws:SourceArn", "arn:aws:s3:::bucket-*", "ArnLike")),
    passes("a VPC endpoint", limited("aws:SourceVpce", "vpce-1a2b3c4d")),
    passes("addresses", limited("aws:SourceIp", ["203.0.113.0/24", "2001:db8::/32"], "IpAddress")),
    passes(
        "services, for an account",
        public(
            Bool={"aws:PrincipalIsAWSService": "true"},
            StringEquals={"aws:SourceAccount": HERE},
        ),
    ),
    passes("whose the resource is", limited("aws:ResourceOrgID", "${aws:PrincipalOrgID}")),
    passes("as the resource", limited("aws:PrincipalAccount", "${aws:ResourceAccount}")),
    passes("to be filled in", limited(ORG, "${organization}")),
    passes(
        "everybody else is denied",
        beside(
            statement("Deny", Principal="*", Condition={"StringNotEquals": {ORG: "o-exampleorgid"}})
        ),
    ),
    passes(
        "everybody but some is denied",
        beside(statement("Deny", NotPrincipal={"AWS": [THERE]}, Action="*")),
    ),
    passes("everybody is denied", beside(statement("Deny", Principal="*"))),
    passes("a condition is unknown", public(StringEquals=UNKNOWN)),
    passes("a value is unknown", limited(ORG, UNKNOWN)),
    passes("the principal is unknown", grant(Principal=UNKNOWN)),
    passes("a statement is unknown", {"Statement": [statement(Principal="*"), UNKNOWN]}),
    passes("an effect is unknown", beside({"Effect": UNKNOWN, "Principal": "*", "Action": "*"})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    advice = (
        "name the accounts that are meant, or add a condition such as `StringEquals` on "
        "`aws:PrincipalOrgID`"
    )
    assert message(RULE, public()) == f"everybody is allowed, in every account of AWS; {advice}"


@pytest.mark.parametrize(
    ("operator", "value", "reason"),
    [
        ("StringLike", "o-*", "`o-*` covers those of others"),
        ("StringNotEquals", "o-exampleorgid", "`StringNotEquals` holds for all others"),
        ("Null", "false", "`Null` asks only whether the key is there"),
        (
            "StringEqualsIfExists",
            "o-exampleorgid",
            "`StringEqualsIfExists` holds where the key is missing",
        ),
    ],
)
def test_the_message_says_why_a_condition_does_not_count(
    operator: str, value: str, reason: str
) -> None:
    [found] = problems(RULE, limited(ORG, value, operator))
    assert found.message == (
        "everybody is allowed, in every account of AWS: the condition on `aws:PrincipalOrgID` "
        f"does not limit that, as {reason}"
    )


# What the rule says is what the engine decides about strangers.

OURS = {
    "aws:PrincipalOrgID": ["o-exampleorgid", "o-*", "*", "o-?*"],
    "aws:PrincipalAccount": [HERE, "1111*", "*", "????????????"],
    "aws:PrincipalArn": [
        f"arn:aws:iam::{HERE}:role/Build",
        f"arn:aws:iam::{HERE}:*",
        "arn:aws:iam::*:role/Build",
        "arn:aws:iam::1111*:role/Build",
        "arn:*:iam::*:*",
    ],
    "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"],
    "aws:SourceVpce": ["vpce-1a2b3c4d", "vpce-*"],
    "aws:SecureTransport": ["true"],
}
OPERATORS = {
    "aws:SourceIp": ["IpAddress", "NotIpAddress", "IpAddressIfExists"],
    "aws:PrincipalArn": ["ArnLike", "ArnNotEquals", "StringLike", "StringLikeIfExists"],
    "aws:SecureTransport": ["Bool"],
}
STRINGS = [
    "StringEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIfExists",
    "ForAllValues:StringEquals",
    "ForAnyValue:StringLike",
]
STRANGER = "111199998888"


def strangers() -> list[Request]:
    """Callers of other accounts; none of what the conditions ask for in full is theirs."""
    told = {
        "aws:PrincipalOrgID": "o-strangers01",
        "aws:SourceIp": "198.51.100.7",
        "aws:SourceVpce": "vpce-9f8e7d6c",
    }
    contexts = [
        {"aws:SecureTransport": "true", **{key: told[key] for key in keys}}
        for number in range(len(told) + 1)
        for keys in combinations(told, number)
    ]
    identities = [f"arn:aws:iam::{STRANGER}:role/Build", f"arn:aws:iam::{STRANGER}:user/Eve"]
    without_identity = ["lambda.amazonaws.com", None]
    return [
        Request(
            principal=principal,
            action="ecr:PutImage",
            resource=REPOSITORY,
            resource_account=HERE,
            context=context,
        )
        for principal in (*identities, *without_identity)
        for context in contexts
        if principal in identities or ORG not in context
    ]


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for key in draw(st.lists(st.sampled_from(list(OURS)), max_size=2, unique=True)):
        operator = draw(st.sampled_from(OPERATORS.get(key, STRINGS)))
        known = OURS[key][:1] if "Not" in operator else OURS[key]
        values = draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True))
        made.setdefault(operator, {})[key] = values
    return made


ALL = iam.parse(
    document(statement(Resource="*")),
    kind=PolicyKind.IDENTITY,
)


@given(conditions())
def test_the_engine_lets_strangers_in_where_the_rule_says_so_and_nowhere_else(
    condition: dict[str, dict[str, Any]],
) -> None:
    value = document(statement(Principal="*", Condition=condition))
    policy = iam.parse(value, kind=PolicyKind.REPOSITORY)
    policies = PolicySet(identity=(ALL,), resource=(policy,))
    let_in = any(iam.authorize(each, policies).allowed for each in strangers())
    assert let_in == bool(problems(RULE, value)), condition
