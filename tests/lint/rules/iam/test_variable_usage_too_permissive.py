"""A variable where values must be told apart."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from tests.iam.builders import document, statement
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "variable-usage-too-permissive"

ACCOUNT = "aws:ResourceAccount"
SUBJECT = "token.actions.githubusercontent.com:sub"
TAG = "${aws:PrincipalTag/account}"
PLACE = "/Statement/0/Condition/StringEquals/"


def equal(key: str, value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def unless(key: str, value: Any) -> dict[str, Any]:
    return deny(Condition={"StringNotEquals": {key: value}})


@table(
    trips("a tag", equal(ACCOUNT, TAG), f"{PLACE}{ACCOUNT}+0"),
    trips(
        "behind something",
        equal("aws:SourceVpc", ["vpc-1a2b3c4d", f"vpc-{TAG}"]),
        f"{PLACE}aws:SourceVpc/1+4",
    ),
    trips(
        "with a default",
        equal("AWS:SourceAccount", "${aws:username, '1'}"),
        f"{PLACE}AWS:SourceAccount+0",
    ),
    trips(
        "the exception of a deny",
        unless(ACCOUNT, TAG),
        f"/Statement/0/Condition/StringNotEquals/{ACCOUNT}+0",
    ),
    trips("a subject", equal(SUBJECT, f"repo:{TAG}"), f"{PLACE}{SUBJECT}+5"),
    trips(
        "behind a wildcard",
        equal("aws:userid", f"AROAEXAMPLE:*{TAG}", "StringLike"),
        "/Statement/0/Condition/StringLike/aws:userid+13",
    ),
    passes("the account of the caller", equal(ACCOUNT, "${aws:PrincipalAccount}")),
    passes("its organization", equal("aws:ResourceOrgID", "${aws:PrincipalOrgID}")),
    passes("so here", unless("aws:SourceOrgID", "${AWS:ResourceOrgID, 'o-a1b2c3d4e5'}")),
    passes("enough before it", equal("aws:userid", f"AROAEXAMPLE:{TAG}")),
    passes("a literal", equal("aws:SourceVpc", "${*}")),
    passes("another key", equal("aws:ResourceTag/team", "${aws:PrincipalTag/team}")),
    passes("all but those", equal(ACCOUNT, TAG, "StringNotEquals")),
    passes("it denies those", deny(Condition={"StringEquals": {ACCOUNT: TAG}})),
    passes(
        "plain text in the older version",
        document(statement(Condition={"StringEquals": {ACCOUNT: TAG}}), version=None),
    ),
    passes("the version is unknown", {**equal(ACCOUNT, TAG), "Version": UNKNOWN}),
    passes(
        "the effect is unknown", allow(Effect=UNKNOWN, Condition={"StringEquals": {ACCOUNT: TAG}})
    ),
    passes("unknown", equal(ACCOUNT, UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, equal(ACCOUNT, TAG)) == (
        "the variable `${aws:PrincipalTag/account}` stands in a value of `aws:ResourceAccount`; "
        "write each value in full"
    )
    assert message(RULE, equal("aws:userid", TAG)) == (
        "the variable `${aws:PrincipalTag/account}` stands in a value of `aws:userid`, with fewer "
        "than 6 characters right before it; write at least 6 characters before each variable"
    )
