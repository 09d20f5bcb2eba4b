"""Whom, what and which contexts the invariants about requests look at."""

from typing import Any

import pytest

from ecrpolicy.iam import Policy, PolicySet
from ecrpolicy.testing.invariants import (
    AllowedRequest,
    Outcome,
    Result,
    Who,
    account,
    allows_at_most,
    anybody,
    never_allows,
    outside_account,
    role,
    service,
    user,
)
from tests.iam.builders import (
    HERE,
    PULL,
    REPOSITORY,
    THERE,
    boundary,
    endpoint,
    identity,
    registry,
    repository,
    scp,
)

CI = f"arn:aws:iam::{HERE}:role/ci"
OUTSIDERS = outside_account(HERE)
TAG, OWN_TAG = "aws:ResourceTag/team", "${aws:PrincipalTag/team}"


def never(
    *policies: Policy, who: Who = OUTSIDERS, action: str = "ecr:*", resource: str = "*"
) -> Result:
    return never_allows(policies, action=action, principal=who, resource=resource)


def asked(result: Result) -> dict[str, Any]:
    """The request that breaks an invariant."""
    assert isinstance(result.counterexample, AllowedRequest)
    request: dict[str, Any] = result.counterexample.to_json()["request"]
    return request


def test_callers_as_texts() -> None:
    read = {
        "anybody": anybody(),
        f"outside:{HERE}": OUTSIDERS,
        f"account:{HERE}": account(HERE),
        CI: role(CI),
        f"arn:aws:iam::{HERE}:user/bob": user(f"arn:aws:iam::{HERE}:user/bob"),
        "service:codebuild.amazonaws.com": service("codebuild.amazonaws.com"),
    }
    assert {text: Who.read(text) for text in read} == read
    assert [str(each) for each in read.values()] == [
        "anybody",
        f"anybody outside the account `{HERE}`",
        f"the account `{HERE}`",
        f"the role `{CI}`",
        f"the user `arn:aws:iam::{HERE}:user/bob`",
        "the AWS service `codebuild.amazonaws.com`",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "bob", "outside:12", "account:", "service:x", "anybody:x", REPOSITORY, "role:x", "user:x"],
)
def test_texts_that_are_no_callers(text: str) -> None:
    with pytest.raises(ValueError, match="is no "):
        Who.read(text)


@pytest.mark.parametrize(
    ("principal", "who", "is_allowed"),
    [
        ({"AWS": THERE}, account(THERE), True),
        ({"AWS": THERE}, user(f"arn:aws:iam::{THERE}:user/eve"), True),
        ({"AWS": f"arn:aws:iam::{THERE}:role/ci"}, role(f"arn:aws:iam::{THERE}:role/ci"), True),
        ({"AWS": f"arn:aws:iam::{THERE}:role/ci"}, role(f"arn:aws:iam::{THERE}:role/cd"), False),
        ({"AWS": f"arn:aws:iam::{THERE}:role/ci"}, OUTSIDERS, True),
        ({"AWS": f"arn:aws:sts::{THERE}:assumed-role/ci/7"}, OUTSIDERS, True),
        (
            {"AWS": f"arn:aws:sts::{THERE}:assumed-role/ci/7"},
            role(f"arn:aws:iam::{THERE}:role/ci"),
            True,
        ),
        ({"AWS": f"arn:aws:sts::{THERE}:federated-user/fed"}, OUTSIDERS, True),
        ({"Service": "codebuild.amazonaws.com"}, service("codebuild.amazonaws.com"), True),
        ({"Service": "codebuild.amazonaws.com"}, service("ecs.amazonaws.com"), False),
        ("*", service("ecs.amazonaws.com"), True),
        ({"AWS": HERE}, OUTSIDERS, False),
        ({"AWS": CI}, role(CI), True),
        # The account delegates: nothing is known of what its identities may.
        ({"AWS": HERE}, account(HERE), False),
    ],
)
def test_who_is_allowed(principal: Any, who: Who, *, is_allowed: bool) -> None:
    policy = repository(principal)
    result = never(policy, who=who, resource=REPOSITORY)
    assert result.is_complete
    assert result.holds is not is_allowed
    assert never(repository(principal, "Deny"), who=who).holds


def test_a_role_of_another_account_with_the_name_of_one_that_is_named() -> None:
    """A condition knows the name alone, and the account that is named is the own one."""
    named = repository({"AWS": CI}, Action="ecr:PutImage")
    by_name = repository(
        "*", Action=PULL, Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/ci"}}
    )
    found = asked(never(named, by_name))
    assert found["principal"].endswith(":role/ci")
    assert HERE not in found["principal"]


def test_the_root_user_of_the_own_account_is_not_looked_at() -> None:
    assert never(repository({"AWS": THERE}), who=account(HERE), resource=REPOSITORY).holds


def test_the_names_of_users_in_variables() -> None:
    own = identity(Resource=f"arn:aws:ecr:*:{HERE}:repository/${{aws:username}}")
    alice = user(f"arn:aws:iam::{HERE}:user/alice")
    assert asked(never(own, who=alice))["resource"].endswith(":repository/alice")
    other = f"arn:aws:ecr:*:{HERE}:repository/bob"
    assert never(own, who=alice, resource=other).holds
    found = asked(never(own, who=account(HERE)))
    name = found["principal"].rpartition("/")[2]
    assert found["resource"].endswith(f":repository/{name}")


@pytest.mark.parametrize(
    ("condition", "context"),
    [
        ({"Bool": {"aws:SecureTransport": "true"}}, {"aws:SecureTransport": "true"}),
        ({"Null": {"aws:SourceVpc": "false"}}, {"aws:SourceVpc": "x"}),
        ({"StringLike": {"aws:SourceVpce": "vpce-*"}}, {"aws:SourceVpce": "vpce-"}),
        (
            {
                "StringEqualsIgnoreCase": {"aws:SourceVpc": "vpc-A"},
                "StringNotEquals": {"aws:SourceVpc": "vpc-A"},
            },
            {"aws:SourceVpc": "vpc-a"},
        ),
        (
            {"NumericGreaterThan": {"aws:MultiFactorAuthAge": "60"}},
            {"aws:MultiFactorAuthAge": "61"},
        ),
        (
            {
                "NumericGreaterThan": {"aws:MultiFactorAuthAge": "60"},
                "NumericLessThan": {"aws:MultiFactorAuthAge": "61"},
            },
            {"aws:MultiFactorAuthAge": "60.5"},
        ),
        (
            {"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}},
            {"aws:CurrentTime": "2025-12-31T23:59:59Z"},
        ),
        (
            {
                "IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
                "NotIpAddress": {"aws:SourceIp": "10.0.0.0/16"},
            },
            {"aws:SourceIp": "10.1.0.0"},
        ),
        ({"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}, {"aws:SourceIp": "2001:db8::"}),
        ({"StringEquals": {TAG: "web"}}, {TAG: "web"}),
        ({"StringEquals": {"ecr:ResourceTag/team": "web", TAG: "web"}}, {TAG: "web"}),
        ({"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}, {}),
        (
            {"StringEquals": {TAG: OWN_TAG}},
            {TAG: "x1", "aws:principaltag/team": "x1"},
        ),
    ],
)
def test_the_context_that_makes_the_difference(
    condition: dict[str, Any], context: dict[str, Any]
) -> None:
    result = never(
        repository("*", Action=PULL, Condition=condition), who=account(THERE), resource=REPOSITORY
    )
    assert asked(result)["context"] == context


def test_tags_of_a_request_and_their_keys_go_together() -> None:
    allowing = identity(
        Action="ecr:TagResource",
        Condition={
            "StringEquals": {"aws:RequestTag/team": "web"},
            "ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost"]},
        },
    )
    found = asked(never(allowing, who=role(CI)))
    assert found["context"] == {"aws:RequestTag/team": "web", "aws:TagKeys": "team"}


@pytest.mark.parametrize(
    ("condition", "caller"),
    [
        ({"StringEquals": {"aws:username": "alice"}}, ":user/alice"),
        ({"StringLike": {"aws:username": "build-?"}}, ":user/build-x"),
        ({"StringEquals": {"aws:PrincipalType": "FederatedUser"}}, ":federated-user/x"),
        ({"StringEquals": {"aws:userid": f"{THERE}:fed"}}, f":{THERE}:federated-user/fed"),
        ({"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{THERE}:user/*/eve"}}, ":user/x/eve"),
        ({"StringLike": {"aws:PrincipalArn": "arn:aws:iam::99*"}}, "::999988887777:root"),
    ],
)
def test_the_caller_that_makes_the_difference(condition: dict[str, Any], caller: str) -> None:
    found = asked(never(repository("*", Action=PULL, Condition=condition)))
    assert found["principal"].endswith(caller)
    assert found["context"] == {}


def test_a_contradiction_is_no_request() -> None:
    both = {"StringEquals": {TAG: "web"}, "StringNotEquals": {"ecr:ResourceTag/team": "web"}}
    result = never(repository("*", Condition=both))
    assert result.holds
    assert result.is_complete


def test_what_variables_stand_for_is_not_all_tried_and_so_undecided() -> None:
    both = {"StringEquals": {TAG: OWN_TAG}, "StringNotLike": {TAG: OWN_TAG}}
    result = never(repository("*", Action=PULL, Condition=both))
    assert result.outcome is Outcome.UNDECIDED
    assert not result.holds
    assert "  left open: `ecr:BatchGetImage` on `" in result.text()
    assert (
        "not all values of `aws:ResourceTag/team`, `aws:principaltag/team` were tried"
        in (result.doubts[0])
    )


def test_limits_are_limits() -> None:
    allowing, pulling = identity(Action="ecr:*"), {"Action": PULL}
    ci = role(CI)
    for limit in (boundary(**pulling), scp(**pulling), endpoint(**pulling)):
        assert never(allowing, limit, who=ci, action="ecr:PutImage").holds
        assert not never(allowing, limit, who=ci, action=PULL).holds


def test_a_policy_set_is_taken_as_it_is() -> None:
    levels = PolicySet(identity=(identity(),), scps=((scp(Action="*"),), (scp(Action="s3:*"),)))
    assert never_allows(levels, action="ecr:*", principal=role(CI)).holds


def test_two_boundaries_are_none() -> None:
    with pytest.raises(ValueError, match="several policies of the kind `boundary`"):
        never(boundary(), boundary())


def test_an_action_that_no_service_has() -> None:
    with pytest.raises(ValueError, match="`ecr:Pull` means no action of Amazon ECR known on"):
        never(repository("*"), action="ecr:Pull")


def test_scope_v1_knows_three_actions() -> None:
    policies = (registry("*"),)
    old = PolicySet(resource=policies, registry_scope="V1")
    new = PolicySet(resource=policies, registry_scope="V2")
    assert never_allows(old, action=PULL, principal=OUTSIDERS).holds
    assert not never_allows(new, action=PULL, principal=OUTSIDERS).holds
    assert allows_at_most(old, new).holds
    assert not allows_at_most(new, old).holds


def test_what_is_more_for_some_is_not_more_for_others() -> None:
    new, old = repository({"AWS": [HERE, THERE]}), repository({"AWS": HERE})
    assert not allows_at_most(new, old).holds
    assert allows_at_most(new, old, principal=account(HERE), resource=REPOSITORY).holds
    assert allows_at_most(new, old, action="ecr:GetAuthorizationToken").holds


def test_an_account_that_is_neither_named_nor_that_of_the_resources() -> None:
    """The root user of the latter is left out."""
    roots = {"StringEquals": {"aws:PrincipalType": "Account"}}
    found = asked(never(repository("*", Action=PULL, Condition=roots), who=anybody()))
    assert found["principal"].split(":")[4] != found["resource"].split(":")[4]


def test_identity_policies_that_are_given_are_all_there_is() -> None:
    """The session of a federated user has nothing of them without a session policy."""
    federated = {"StringEquals": {"aws:PrincipalType": "FederatedUser"}}
    granting = repository({"AWS": THERE}, Condition=federated)
    assert never(granting, identity(), who=account(THERE), resource=REPOSITORY).holds
    assert not never(granting, who=account(THERE), resource=REPOSITORY).holds


def test_actions_that_identities_alone_grant_stand_for_no_others() -> None:
    of_registry = registry("*", Action=["ecr:CreatePullThroughCacheRule", "ecr:DescribeRegistry"])
    assert asked(never(of_registry))["action"] == "ecr:DescribeRegistry"
