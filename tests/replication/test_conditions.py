"""Replication under conditions: what is known of the request, and what the answer hangs on."""

import json
from typing import Any

import pytest

from ecrpolicy.replication import Entrance, Passage, Permission, Verdict, permission
from ecrpolicy.snapshot import Registry, Repository
from tests.registry_builders import EAST, HOME, OTHER, WEST

REPLICATE, CREATE = "ecr:ReplicateImage", "ecr:CreateRepository"
SOURCE = Registry(HOME, EAST)
ROLE = (
    f"arn:aws:iam::{HOME}:role/aws-service-role/replication.ecr.amazonaws.com/"
    "AWSServiceRoleForECRReplication"
)
ALLOWED, DENIED, UNKNOWN = Verdict.ALLOWED, Verdict.DENIED, Verdict.UNKNOWN


def statement(effect: str = "Allow", condition: Any = None, **elements: Any) -> dict[str, Any]:
    made = {"Effect": effect, "Principal": {"AWS": HOME}, "Action": "ecr:*", "Resource": "*"}
    if condition is not None:
        made["Condition"] = condition
    return {**made, **elements}


def without(name: str, made: dict[str, Any]) -> dict[str, Any]:
    return {each: value for each, value in made.items() if each != name}


def asked(
    *statements: dict[str, Any], action: str = REPLICATE, account: str = OTHER, **about: Any
) -> Permission:
    policy = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    there = Registry(account, WEST, **{"policy": policy, **about})
    return permission(SOURCE, there, action, "web")


def given(operator: str, key: str, *values: str) -> dict[str, Any]:
    return {operator: {key: list(values)}}


# What is known of the role that calls, and of the repository


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (given("StringEquals", "aws:PrincipalAccount", HOME), ALLOWED),
        (given("StringEquals", "aws:PrincipalAccount", OTHER), DENIED),
        (given("ArnEquals", "aws:PrincipalArn", ROLE), ALLOWED),
        (given("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{HOME}:user/*"), DENIED),
        (given("StringEquals", "aws:PrincipalType", "AssumedRole"), ALLOWED),
        (given("StringEquals", "aws:PrincipalType", "User"), DENIED),
        (given("Bool", "aws:PrincipalIsAWSService", "false"), ALLOWED),
        (given("Bool", "aws:PrincipalIsAWSService", "true"), DENIED),
        (given("StringEquals", "aws:ResourceAccount", OTHER), ALLOWED),
        (given("StringEquals", "aws:ResourceAccount", HOME), DENIED),
        (given("StringEquals", "aws:RequestedRegion", WEST), ALLOWED),
        (given("StringEquals", "aws:RequestedRegion", EAST), DENIED),
        (given("Null", "aws:PrincipalArn", "false"), ALLOWED),
        (given("Null", "aws:PrincipalArn", "true"), DENIED),
        (given("Null", "aws:username", "true"), ALLOWED),
        (given("StringLike", "aws:username", "*"), DENIED),
        (given("StringLikeIfExists", "aws:username", "alice"), ALLOWED),
        (given("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalAccount}"), ALLOWED),
    ],
)
def test_what_follows_from_the_caller_is_known(condition: Any, verdict: Verdict) -> None:
    found = asked(statement(condition=condition))
    assert (found.verdict, found.conditions) == (verdict, ())


# What nobody knows


@pytest.mark.parametrize(
    "key",
    [
        *("aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalTag/team", "aws:userid"),
        *("aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:ViaAWSService"),
        *("aws:CalledVia", "aws:SourceIp", "aws:SourceVpce", "aws:SecureTransport"),
        *("aws:CurrentTime", "aws:ResourceOrgID", "aws:MultiFactorAuthPresent"),
    ],
)
@pytest.mark.parametrize("operator", ["StringEquals", "StringNotEquals", "StringEqualsIfExists"])
def test_a_key_that_nobody_knows_leaves_it_open_and_is_named(key: str, operator: str) -> None:
    found = asked(statement(condition=given(operator, key, "a")))
    assert found.verdict is UNKNOWN
    assert found.reason == (
        f"the context key `{key}` is not known: statement 1 of the registry policy allows where "
        f"`{operator}` on `{key}` has `a`"
    )
    assert [each.keys for each in found.conditions] == [(key,)]


@pytest.mark.parametrize("value", ["true", "false"])
def test_whether_an_unknown_key_is_there_is_not_known_either(value: str) -> None:
    assert asked(statement(condition=given("Null", "aws:PrincipalOrgID", value))).verdict is UNKNOWN


def test_several_keys_are_named_together() -> None:
    condition = {
        **given("StringEquals", "aws:PrincipalOrgID", "o-1"),
        **given("Bool", "aws:ViaAWSService", "false"),
    }
    found = asked(statement(condition=condition, Sid="Org"))
    assert found.verdict is UNKNOWN
    assert found.reason == (
        "the context keys `aws:PrincipalOrgID` and `aws:ViaAWSService` are not known: statement 1 "
        "`Org` of the registry policy allows where `StringEquals` on `aws:PrincipalOrgID` has "
        "`o-1`; statement 1 `Org` of the registry policy allows where `Bool` on "
        "`aws:ViaAWSService` has `false`"
    )


def test_a_variable_that_nobody_knows_leaves_it_open() -> None:
    resource = f"arn:aws:ecr:{WEST}:{OTHER}:repository/${{aws:PrincipalTag/team}}"
    assert asked(statement(Resource=resource)).verdict is UNKNOWN
    elsewhere = f"arn:aws:ecr:{WEST}:{OTHER}:repository/${{aws:PrincipalTag/team}}/x"
    assert asked(statement(Resource=elsewhere)).verdict is DENIED


ORG = given("StringEquals", "aws:PrincipalOrgID", "o-1")


@pytest.mark.parametrize("account", [OTHER, HOME])
def test_a_denial_under_a_condition_that_nobody_knows_leaves_it_open(account: str) -> None:
    found = asked(statement(), statement("Deny", ORG), account=account)
    assert found.verdict is UNKNOWN
    assert found.reason == (
        "the context key `aws:PrincipalOrgID` is not known: statement 2 of the registry policy "
        "denies where `StringEquals` on `aws:PrincipalOrgID` has `o-1`"
    )


def test_what_is_certain_whatever_the_keys_are_is_told() -> None:
    assert asked(statement(condition=ORG), statement()).verdict is ALLOWED
    assert asked(statement(condition=ORG), statement("Deny")).verdict is DENIED
    known = {**ORG, **given("StringNotEquals", "aws:PrincipalAccount", HOME)}
    assert asked(statement(condition=known)).verdict is DENIED
    assert asked(statement(), statement("Deny", known)).verdict is ALLOWED
    elsewhere = statement(condition=ORG, Principal={"AWS": "777788889999"})
    assert asked(elsewhere).verdict is DENIED
    assert asked(statement(condition=ORG, Action=CREATE)).verdict is DENIED
    assert asked(statement("Deny", ORG)).verdict is DENIED
    assert asked(statement("Deny", ORG), account=HOME).verdict is UNKNOWN


def test_a_denial_under_a_condition_that_is_known_holds() -> None:
    outside = given("StringNotEquals", "aws:PrincipalAccount", HOME)
    assert asked(statement(), statement("Deny", outside)).verdict is ALLOWED
    within = given("StringEquals", "aws:RequestedRegion", WEST)
    found = asked(statement(), statement("Deny", within))
    assert (found.verdict, found.reason) == (DENIED, "its registry policy denies it")


# Elements that exclude


def test_an_action_that_is_not_excluded() -> None:
    allowing = without("Action", statement(NotAction=CREATE))
    assert asked(allowing).verdict is ALLOWED
    assert asked(allowing, action=CREATE).verdict is DENIED
    denying = without("Action", statement("Deny", NotAction=REPLICATE))
    assert asked(statement(), denying).verdict is ALLOWED
    assert asked(statement(), denying, action=CREATE).verdict is DENIED


def test_a_principal_that_is_excluded() -> None:
    """A denial that lists the account alone denies its roles: not all their names are listed."""
    for listed, verdict in ((HOME, DENIED), (OTHER, DENIED), ([HOME, ROLE], DENIED)):
        denying = without("Principal", statement("Deny", NotPrincipal={"AWS": listed}))
        assert asked(statement(), denying).verdict is verdict
    allowing = without("Principal", statement(NotPrincipal={"AWS": "777788889999"}))
    assert asked(allowing).verdict is ALLOWED
    excluding = without("Principal", statement(NotPrincipal={"AWS": HOME}))
    assert asked(excluding).verdict is DENIED


# The scope of the policy


def test_both_scopes_know_what_replication_asks_for() -> None:
    for condition, verdict in ((None, ALLOWED), (ORG, UNKNOWN)):
        for action in (REPLICATE, CREATE):
            for scope in ("V1", "V2", None):
                found = asked(statement(condition=condition), action=action, policy_scope=scope)
                assert found.verdict is verdict


# Tags of the repository

TEAM = given("StringEquals", "aws:ResourceTag/team", "a")


@pytest.mark.parametrize(
    ("repositories", "action", "verdict"),
    [
        ((Repository("web", resource_tags={"team": "a"}),), REPLICATE, ALLOWED),
        ((Repository("web", resource_tags={"team": "b"}),), REPLICATE, DENIED),
        ((Repository("web", resource_tags={}),), REPLICATE, DENIED),
        ((Repository("web"),), REPLICATE, UNKNOWN),
        ((), REPLICATE, UNKNOWN),
        ((), CREATE, DENIED),
    ],
)
def test_tags_are_those_of_the_repository_there(
    repositories: tuple[Repository, ...], action: str, verdict: Verdict
) -> None:
    found = asked(statement(condition=TEAM), action=action, repositories=repositories)
    assert found.verdict is verdict


def test_tags_of_a_repository_that_is_not_listed_are_not_known() -> None:
    for action in (REPLICATE, CREATE):
        assert asked(statement(condition=TEAM), action=action).verdict is UNKNOWN


def test_tags_that_creating_brings_are_not_known() -> None:
    tagged = given("StringEquals", "aws:RequestTag/team", "a")
    assert asked(statement(condition=tagged), action=CREATE).verdict is UNKNOWN
    assert asked(statement(condition=tagged)).verdict is DENIED


# Many names

NAMES = ("web", "prod/web", "prod/api", "prod", "team", "${x}")


@pytest.mark.parametrize(
    "resources",
    [
        ("*",),
        (f"arn:aws:ecr:{WEST}:{OTHER}:repository/prod/*",),
        (f"arn:aws:ecr:{WEST}:{OTHER}:repository/*", f"arn:aws:ecr:{WEST}:{OTHER}:repository/web"),
        (f"arn:aws:ecr:{WEST}:{OTHER}:repository/${{aws:PrincipalTag/team}}*",),
        tuple(
            f"arn:aws:ecr:{WEST}:{OTHER}:repository/{number}*" for number in "abcdefghijklmnopqr"
        ),
    ],
)
def test_names_that_are_judged_together_are_judged_as_each_alone(
    resources: tuple[str, ...],
) -> None:
    statements = [
        statement("Deny" if number % 2 else "Allow", ORG if number % 3 else None, Resource=each)
        for number, each in enumerate(resources)
    ]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    for repositories in ((), (Repository("web"), Repository("prod/api"))):
        there = Registry(OTHER, WEST, policy=policy, repositories=repositories)
        together = Passage(SOURCE, there)
        for name in NAMES * 2:
            assert together.outcome(name) is Passage(SOURCE, there).outcome(name)


def test_names_that_a_policy_holds_alike_are_asked_about_once() -> None:
    resource = f"arn:aws:ecr:{WEST}:{OTHER}:repository/prod*"
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement(Resource=resource)]})
    entrance = Entrance(SOURCE, Registry(OTHER, WEST, policy=policy, repositories=()))
    assert [entrance.alike(name) for name in NAMES] == [
        *((False,), (True,), (True,), (True,), (False,), (False,))
    ]
    tagged = json.dumps({"Version": "2012-10-17", "Statement": [statement(condition=TEAM)]})
    assert Entrance(SOURCE, Registry(OTHER, WEST, policy=tagged)).alike("web") is None
