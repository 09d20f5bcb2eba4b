"""An operator that does not compare what the key is."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.facts import OWN, installed
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "type-mismatch"


def asking(operator: str, key: str, value: Any = "a") -> dict[str, Any]:
    return allow(Condition={operator: {key: value}})


def at(operator: str, key: str) -> str:
    return f"/Statement/0/Condition/{operator}/{key} (name)"


@table(
    trips("a text", asking("StringLike", "aws:SourceIp"), at("StringLike", "aws:SourceIp")),
    trips(
        "in another case",
        asking("StringEquals", "AWS:securetransport", "true"),
        at("StringEquals", "AWS:securetransport"),
    ),
    trips(
        "a number",
        asking("NumericLessThan", "aws:CurrentTime"),
        at("NumericLessThan", "aws:CurrentTime"),
    ),
    trips("a date", asking("DateEquals", "aws:username"), at("DateEquals", "aws:username")),
    trips("an address", asking("IpAddress", "aws:SourceVpc"), at("IpAddress", "aws:SourceVpc")),
    trips("bytes", asking("BinaryEquals", "aws:userid"), at("BinaryEquals", "aws:userid")),
    trips("an ARN", asking("ArnLike", "aws:PrincipalOrgID"), at("ArnLike", "aws:PrincipalOrgID")),
    trips(
        "a boolean, with a qualifier and a suffix",
        asking("ForAllValues:BoolIfExists", "aws:TagKeys"),
        at("ForAllValues:BoolIfExists", "aws:TagKeys"),
    ),
    trips(
        "a key of another service",
        asking("StringEquals", "s3:TlsVersion", "1.2"),
        at("StringEquals", "s3:TlsVersion"),
        facts=installed(),
    ),
    passes("that service is not known", asking("StringEquals", "s3:TlsVersion"), facts=OWN),
    passes("addresses", asking("NotIpAddress", "aws:SourceIp")),
    passes("an ARN as a text", asking("StringEquals", "aws:PrincipalArn")),
    passes(
        "a text that is an ARN",
        asking("ArnLike", "aws:FederatedProvider", "arn:aws:iam::111122223333:saml-provider/a"),
    ),
    passes("a text that may be one", asking("ArnLike", "aws:userid", "${aws:username}")),
    passes("a tag", asking("NumericLessThan", "aws:PrincipalTag/level", "3")),
    passes("a tag of a repository", asking("Bool", "ecr:ResourceTag/public", "true")),
    passes("seconds", asking("NumericLessThan", "aws:EpochTime", "3")),
    passes("whether it is there", asking("Null", "aws:SourceIp", "true")),
    passes("another key", asking("Bool", "company:key")),
    passes("no operator", asking("StringIs", "aws:SourceIp")),
    passes("unknown", asking("ArnLike", "aws:PrincipalOrgID", [UNKNOWN, "a"])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, asking("StringLike", "aws:SourceIp")) == (
        "`aws:SourceIp` is an address, and `StringLike` compares texts; "
        "write `IpAddress`, or its like"
    )
    assert message(RULE, asking("NumericLessThanEqualsIfExists", "aws:CurrentTime")) == (
        "`aws:CurrentTime` is a date, and `NumericLessThanEqualsIfExists` compares numbers; "
        "write `DateLessThanEqualsIfExists`, or its like"
    )
    assert message(RULE, asking("StringNotEquals", "aws:MultiFactorAuthAge")) == (
        "`aws:MultiFactorAuthAge` is a number, and `StringNotEquals` compares texts; "
        "write `NumericNotEquals`, or its like"
    )
