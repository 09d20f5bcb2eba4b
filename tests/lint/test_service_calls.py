"""Which callers a deny is about; the engine agrees where it can."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.lint.policy import statement_of
from ecrpolicy.lint.service_calls import (
    asks_for_source,
    is_about_others,
    is_about_services,
    is_for_services_alone,
)
from tests.iam.builders import SERVICE, USER, rcp, repository, request

OURS = "o-a1b2c3d4e5"
IS_SERVICE = "aws:PrincipalIsAWSService"


def is_denied(principal: str, block: Any) -> bool:
    policies = iam.PolicySet(rcps=((rcp(Condition=block),),), resource=(repository("*"),))
    decision = iam.authorize(request(principal, resource_account="111122223333"), policies)
    return decision.effect == "EXPLICIT_DENY"


@pytest.mark.parametrize(
    "block",
    [
        {"StringNotEquals": {"aws:PrincipalOrgID": OURS}},
        {"StringNotEquals": {"aws:SourceOrgID": OURS}},
        {"StringNotEquals": {"aws:SourceOrgID": OURS}, "Bool": {IS_SERVICE: "true"}},
        {"StringNotEquals": {"aws:SourceOrgID": OURS}, "Null": {"aws:SourceAccount": "false"}},
        {"StringNotEquals": {"aws:PrincipalOrgID": OURS}, "Bool": {IS_SERVICE: "false"}},
        {"StringNotEquals": {"aws:PrincipalOrgID": OURS, IS_SERVICE: "true"}},
        {"StringNotEquals": {"aws:PrincipalOrgID": OURS}, "Null": {"aws:PrincipalArn": "false"}},
    ],
)
def test_who_is_denied(block: Any) -> None:
    statement = statement_of({"Condition": block})
    if is_about_services(statement):
        assert is_denied(SERVICE, block)
    if is_about_others(statement):
        assert is_denied(USER, block)
    if is_for_services_alone(statement):
        assert not is_denied(USER, block)
    if asks_for_source(statement):
        assert not is_denied(SERVICE, block)


@pytest.mark.parametrize(
    ("block", "services", "others"),
    [
        ({"Bool": {"aws:SecureTransport": "false"}}, True, True),
        ({"StringEquals": {"ecr:ResourceTag/team": "web"}}, True, True),
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, False, True),
        ({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, True, True),
        ({"Bool": {IS_SERVICE: "true"}}, True, False),
        ({"StringEquals": {IS_SERVICE: "false"}}, False, True),
        ({"StringLike": {IS_SERVICE: "t*"}}, False, False),
        ({"NumericEquals": {IS_SERVICE: "1"}}, False, False),
    ],
)
def test_whom_a_condition_lets_in(block: Any, services: bool, others: bool) -> None:
    """What is not sure of a condition counts as if it kept out."""
    statement = statement_of({"Condition": block})
    assert (is_about_services(statement), is_about_others(statement)) == (services, others)
