"""Whether conditions keep strangers out: the rest is tested with the rules that ask."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.policy import Condition, statement_of
from ecrpolicy.lint.strangers import excludes_strangers, keeps_out


def condition(operator: str, key: str, value: Any) -> Condition:
    [found] = statement_of({"Condition": {operator: {key: value}}}).conditions
    return found


@pytest.mark.parametrize(
    ("operator", "key", "value", "expected"),
    [
        ("StringLike", "aws:userid", "AROAEXAMPLE:*", True),
        ("StringLike", "aws:userid", "*:build", False),
        ("StringLike", "aws:SourceVpc", "vpc-1a2b3c*", True),
        ("StringLike", "aws:SourceVpc", "vpc-1a*", False),
        ("StringLike", "aws:SourceIp", "203.0.*", True),
        ("StringLike", "aws:PrincipalArn", "*", False),
        ("ArnLike", "aws:PrincipalOrgID", "o-*", True),
        ("NumericEquals", "aws:PrincipalAccount", "111122223333", True),
        ("ArnLike", "aws:SourceArn", "arn:aws:cloudfront::aws:*", True),
        ("Equals", "aws:PrincipalOrgID", "o-*", True),
        ("Bool", "aws:PrincipalIsAWSService", "false", False),
        ("BoolIfExists", "aws:PrincipalIsAWSService", "true", False),
        ("StringEquals", "aws:username", "bob", False),
        ("StringEquals", "aws:PrincipalOrgID", [], True),
        ("StringEqualsIfExists", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", False),
    ],
)
def test_in_an_allow(operator: str, key: str, value: Any, *, expected: bool) -> None:
    assert keeps_out(condition(operator, key, value), knows_variables=True) is expected


def test_variables_count_in_their_version_alone() -> None:
    found = condition("StringEquals", "aws:PrincipalOrgID", "${aws:PrincipalOrgID}")
    assert not keeps_out(found, knows_variables=True)
    assert not keeps_out(found, knows_variables=None)
    assert keeps_out(found, knows_variables=False)


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ({"Principal": "*"}, True),
        ({"Principal": {"AWS": "111122223333"}}, False),
        ({"Principal": {"AWS": ["111122223333", UNKNOWN]}}, True),
        ({"NotPrincipal": {"AWS": "111122223333"}}, True),
        ({"Principal": "*", "Condition": UNKNOWN}, True),
        ({"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}, False),
        (
            {
                "Principal": "*",
                "Condition": {"StringNotEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}},
            },
            True,
        ),
        (
            {"Principal": "*", "Condition": {"StringNotEquals": {"aws:ResourceOrgID": "o-ours01"}}},
            False,
        ),
    ],
)
def test_in_a_deny(elements: dict[str, Any], *, expected: bool) -> None:
    assert excludes_strangers(statement_of(elements), knows_variables=True) is expected
