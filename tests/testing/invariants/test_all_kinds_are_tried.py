"""Each kind of accounts, Regions, sessions and values that a policy tells apart is tried."""

from typing import Any

import pytest

from ecrpolicy.iam import Kind, Policy
from ecrpolicy.testing.invariants import (
    AddedRequest,
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
)
from tests.iam.builders import (
    HERE,
    PULL,
    REPOSITORY,
    THERE,
    boundary,
    identity,
    policy,
    repository,
    scp,
    statement,
)

PUT = "ecr:PutImage"
ON_HERE, ON_THERE = (
    f"arn:aws:ecr:us-east-1:{number}:repository/{name}"
    for number, name in ((HERE, "app"), (THERE, "web"))
)
CI = f"arn:aws:iam::{HERE}:role/ci"
TEAM_CI = f"arn:aws:iam::{HERE}:role/team/ci"
SESSION = f"arn:aws:sts::{HERE}:assumed-role/ci/build-7"
TAG, ECR_TAG = "aws:ResourceTag/owner", "ecr:ResourceTag/owner"
PROVIDER = f"arn:aws:iam::{HERE}:saml-provider/office"


def never(*policies: Policy, who: Who, action: str = PUT, resource: str = "*") -> Result:
    return never_allows(policies, action=action, principal=who, resource=resource)


def asked(result: Result) -> dict[str, Any]:
    """The request that breaks an invariant."""
    found = result.counterexample
    assert isinstance(found, AllowedRequest | AddedRequest)
    request: dict[str, Any] = found.to_json()["request"]
    return request


def when(operator: str, key: str, *values: str) -> dict[str, Any]:
    return {"Condition": {operator: {key: list(values)}}}


def statements(*several: dict[str, Any], kind: Kind = Kind.REPOSITORY) -> Policy:
    about = {"Principal": "*"} if kind is Kind.REPOSITORY else {"Resource": "*"}
    return policy(kind, *(statement(**{**about, **each}) for each in several))


def owner(request: dict[str, Any]) -> str:
    """The account of the resource."""
    return str(request["resource"].split(":")[4])


@pytest.mark.parametrize("of", ["root", "role/ci", "user/ci"])
def test_a_caller_before_a_resource_of_another_account(of: str) -> None:
    """On resources of its own account, it would need what that account gives it."""
    granting = repository({"AWS": f"arn:aws:iam::{THERE}:root"})
    who = account(THERE) if of == "root" else Who.read(f"arn:aws:iam::{THERE}:{of}")
    assert owner(asked(never(granting, who=who))) != THERE
    assert never(granting, who=who, resource=f"arn:aws:ecr:*:{THERE}:repository/*").holds
    added = allows_at_most(granting, repository({"AWS": HERE}), principal=who)
    assert owner(asked(added)) != THERE


def test_a_caller_before_a_resource_of_its_own_account() -> None:
    own = identity(Resource=f"arn:aws:ecr:*:{THERE}:repository/*")
    assert owner(asked(never(own, who=outside_account(HERE)))) == THERE


def test_an_action_without_a_resource_is_asked_for_in_the_own_account() -> None:
    """Signing in needs an identity policy alone, and only in the own account."""
    found = asked(never(identity(), who=outside_account(HERE), action="ecr:GetAuthorizationToken"))
    assert "resource" not in found
    assert found["principal"].split(":")[4] == found["resourceAccount"]


def test_each_account_that_resources_are_in() -> None:
    both = identity(Resource=[ON_HERE, ON_THERE])
    assert asked(never(both, who=account(THERE)))["resource"] == ON_THERE
    assert asked(never(both, who=account(HERE)))["resource"] == ON_HERE
    assert asked(allows_at_most(both, identity(Resource=[ON_HERE])))["resource"] == ON_THERE


@pytest.mark.parametrize(
    ("policies", "who", "owned_by"),
    [
        ([repository("*", **when("StringEquals", "aws:ResourceAccount", HERE))], anybody(), HERE),
        ([identity(Resource="arn:aws:ecr:us-east-1:1111*:repository/app")], anybody(), "1111"),
        ([identity(Resource="arn:aws:ecr:us-east-1:*3333:repository/app")], anybody(), ""),
        (
            [
                scp(),
                scp("Deny", **when("StringNotLike", "aws:ResourceAccount", "77*")),
            ],
            outside_account(HERE),
            "77",
        ),
    ],
)
def test_accounts_of_resources_that_are_named_otherwise(
    policies: list[Policy], who: Who, owned_by: str
) -> None:
    assert owner(asked(never(*policies, who=who))).startswith(owned_by)


@pytest.mark.parametrize(
    "pattern",
    [f"*:{HERE}:role/*", f"*{HERE}*", f"arn:aws:iam::{HERE[:-1]}?:role/*", "*::1111*:role/c?"],
)
def test_accounts_of_callers_that_are_named_otherwise(pattern: str) -> None:
    granting = repository("*", **when("StringLike", "aws:PrincipalArn", pattern))
    assert "::1111" in asked(never(granting, who=outside_account(THERE)))["principal"]


@pytest.mark.parametrize(
    ("kind", "pattern", "caller"),
    [("Account", "77??????????", ":root"), ("FederatedUser", "77*:f?d", ":federated-user/fxd")],
)
def test_accounts_that_ids_of_callers_begin_with(kind: str, pattern: str, caller: str) -> None:
    by_id = {"StringLike": {"aws:userid": pattern}, "StringEquals": {"aws:PrincipalType": kind}}
    principal = asked(never(repository("*", Condition=by_id), who=anybody()))["principal"]
    assert principal.split(":")[4].startswith("77")
    assert principal.endswith(caller)


def test_two_patterns_of_accounts_that_overlap() -> None:
    both = {
        "StringLike": {"aws:PrincipalAccount": "12*"},
        "StringNotLike": {"aws:PrincipalAccount": "*34"},
    }
    denied = repository("*", "Deny", **when("StringNotLike", "aws:PrincipalAccount", "*5?"))
    found = asked(never(repository("*", Condition=both), denied, who=anybody()))
    number = found["principal"].split(":")[4]
    assert number.startswith("12")
    assert number[-2] == "5"


@pytest.mark.parametrize(
    "resource",
    [
        "web",
        "repository/web",
        f"arn:aws:ecr:us-east-1:{HERE}:repo/web",
        f"arn:aws:ecr:us-east-1:{HERE}:web",
        "arn:aws:ecr:us-east-1:1234:repository/web",
        f"arn:aws:ecr:us-east-1:{HERE}:repository/Web*",
    ],
)
def test_resources_that_there_cannot_be(resource: str) -> None:
    with pytest.raises(ValueError, match="means no resource that `ecr:"):
        never(repository("*"), who=anybody(), action="ecr:*", resource=resource)
    with pytest.raises(ValueError, match="means no resource that"):
        allows_at_most(repository("*"), repository("*"), resource=resource)


def test_a_resource_of_an_action_that_has_none() -> None:
    with pytest.raises(ValueError, match="leave the resource out"):
        never(identity(), who=anybody(), action="ecr:GetAuthorizationToken", resource=REPOSITORY)


def test_a_caller_that_there_cannot_be() -> None:
    with pytest.raises(ValueError, match="there is no caller that is the user"):
        never(identity(), who=Who.read(f"arn:aws:iam::{HERE}:user/"))


@pytest.mark.parametrize("arn", [CI, TEAM_CI])
def test_the_named_session_of_a_role_with_a_path_or_without(arn: str) -> None:
    found = asked(never(repository({"AWS": SESSION}), who=role(arn)))
    assert (found["principal"], found["role"]) == (SESSION, arn)
    other = role(f"arn:aws:iam::{HERE}:role/team/cd")
    assert never(repository({"AWS": SESSION}), who=other).holds


def test_the_path_of_the_role_of_a_named_session() -> None:
    on_path = when("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{HERE}:role/team/*")
    found = asked(never(repository({"AWS": SESSION}, **on_path), who=anybody()))
    assert (found["principal"], found["role"]) == (SESSION, TEAM_CI)


def test_names_of_roles_know_no_case_and_their_arns_do() -> None:
    """A Principal `role/ci` names the role `CI`; the condition does not."""
    named = repository({"AWS": CI})
    denied = repository("*", "Deny", **when("StringEquals", "aws:PrincipalArn", CI))
    found = asked(never(named, denied, who=account(HERE)))
    assert found["principal"].lower() == CI
    assert found["principal"] != CI


def test_names_in_all_cases() -> None:
    arn = f"arn:aws:iam::{THERE}:user/eve"
    condition = when("StringEqualsIgnoreCase", "aws:PrincipalArn", arn)
    denied = repository("*", "Deny", **when("ArnLike", "aws:PrincipalArn", arn))
    found = asked(never(repository("*", **condition), denied, who=account(THERE)))
    assert found["principal"].lower() == arn
    assert found["principal"] != arn


def test_sessions_that_come_from_a_provider() -> None:
    federated = repository({"Federated": PROVIDER})
    found = asked(never(federated, who=anybody()))
    assert found["provider"] == PROVIDER
    assert never(federated, who=outside_account(HERE), action=PUT).outcome is Outcome.BROKEN
    assert f"  provider: `{PROVIDER}`" in never(federated, who=anybody()).text()
    excepted = statements({"Principal": {"Federated": PROVIDER}}, {"Effect": "Deny"})
    assert never(excepted, who=anybody()).holds


def test_the_session_of_a_federated_user_and_the_user_behind_it() -> None:
    eve = f"arn:aws:iam::{THERE}:user/eve"
    federated = when("StringEquals", "aws:PrincipalType", "FederatedUser")
    found = asked(never(repository({"AWS": eve}, **federated), who=account(THERE)))
    assert ":federated-user/" in found["principal"]
    assert found["user"] == eve


def test_two_tags_of_a_request_and_their_keys() -> None:
    tags = {"aws:RequestTag/team": "web", "aws:RequestTag/env": "prod"}
    creating = identity(
        Action="ecr:CreateRepository",
        Condition={"StringEquals": tags, "Null": {"aws:TagKeys": "false"}},
    )
    found = asked(never(creating, who=account(HERE), action="ecr:CreateRepository"))
    assert found["context"] == {**tags, "aws:TagKeys": ["env", "team"]}
    one = when("StringEquals", "aws:TagKeys", "team")
    denied = identity("Deny", **when("Null", "aws:RequestTag/env", "true"))
    only = identity(Action="ecr:CreateRepository", **one)
    assert never(only, denied, who=account(HERE), action="ecr:CreateRepository").holds


def test_several_values_where_no_qualifier_stands() -> None:
    """No operator without a qualifier holds for a key with several values, negated ones neither."""
    denied = [
        {"Effect": "Deny", **when(operator, "aws:TagKeys", value)}
        for operator, value in (("StringNotEquals", "team"), ("StringEquals", "team"))
    ]
    creating = statements({}, *denied, kind=Kind.IDENTITY)
    found = asked(never(creating, who=account(HERE), action="ecr:CreateRepository"))
    assert len(found["context"]["aws:TagKeys"]) == 2


@pytest.mark.parametrize(
    ("allowed", "denied", "value"),
    [
        (("StringEqualsIgnoreCase", "prod"), ("StringEquals", "prod", "PROD"), "prod"),
        (("StringEqualsIgnoreCase", "prod"), ("StringLike", "p*", "P*d"), "prod"),
        (("ArnLike", "arn:*:iam::*:role/a*"), ("StringNotLike", "*b:*:*/ab"), "arn"),
    ],
)
def test_operators_on_texts_together(
    allowed: tuple[str, ...], denied: tuple[str, ...], value: str
) -> None:
    key = "aws:PrincipalTag/env"
    mixed = statements(
        when(allowed[0], key, *allowed[1:]), {"Effect": "Deny", **when(denied[0], key, *denied[1:])}
    )
    found = never(mixed, who=account(THERE))
    assert asked(found)["context"][key].lower().startswith(value)
    assert found.is_complete


def test_an_empty_tag() -> None:
    key = "aws:PrincipalTag/env"
    denied = ({"Effect": "Deny", **when("StringLike", key, "?*")},)
    absent = {"Effect": "Deny", **when("Null", key, "true")}
    result = never(statements({}, *denied, absent), who=account(THERE))
    assert asked(result)["context"] == {key: ""}


def test_a_tag_that_is_no_number() -> None:
    key = "aws:PrincipalTag/level"
    denied = [
        {"Effect": "Deny", **when(operator, key, "5")}
        for operator in ("NumericLessThan", "NumericGreaterThanEquals")
    ]
    absent = {"Effect": "Deny", **when("Null", key, "true")}
    result = never(statements({}, *denied, absent), who=account(THERE))
    assert asked(result)["context"] == {key: "x"}


@pytest.mark.parametrize(
    ("of_identity", "of_boundary", "start", "end"),
    [
        ("eu-*", "*-1", "eu-", "-1"),
        ("?s-*", "*t-2", "us-", "t-2"),
        ("ap-*-?", "*north*", "ap-north", ""),
    ],
)
def test_patterns_of_regions_that_overlap(
    of_identity: str, of_boundary: str, start: str, end: str
) -> None:
    one, other = (
        f"arn:aws:ecr:{each}:{HERE}:repository/app" for each in (of_identity, of_boundary)
    )
    found = asked(never(identity(Resource=one), boundary(Resource=other), who=account(HERE)))
    region = found["resource"].split(":")[3]
    assert region.startswith(start)
    assert region.endswith(end)


def test_patterns_of_regions_that_no_region_meets_together() -> None:
    one, other = (f"arn:aws:ecr:{each}:{HERE}:repository/*" for each in ("eu-*", "us-*"))
    result = never(identity(Resource=one), boundary(Resource=other), who=account(HERE))
    assert result.holds


def test_the_region_of_a_resource_is_that_of_the_request() -> None:
    key = "aws:RequestedRegion"
    own = identity(Resource=f"arn:aws:ecr:us-*:{HERE}:repository/app")
    european = scp(**when("StringLike", key, "eu-*"))
    assert never(own, european, who=account(HERE)).holds
    western = scp(**when("StringLike", key, "*-west-*"))
    found = asked(never(own, western, who=account(HERE)))
    assert found["context"] == {key: found["resource"].split(":")[3]}
    assert "us-west-" in found["resource"]
    signing_in = identity(Action="ecr:GetAuthorizationToken")
    denied = scp("Deny", **when("StringNotLike", key, "eu-*-2"))
    found = asked(
        never(signing_in, scp(), denied, who=account(HERE), action="ecr:GetAuthorizationToken")
    )
    assert found["context"][key] in ("eu-central-2", "eu-south-2", "eu-west-2")


def test_patterns_that_run_on_across_the_fields_of_an_arn() -> None:
    """A `*` that ends its field does; any other stays in it."""
    across = identity(Resource="arn:aws:ecr:*:repository/ap?")
    assert asked(never(across, who=account(HERE)))["resource"].endswith(":repository/apx")
    within = identity(Resource=f"arn:aws:ecr:*1:{HERE}:repository/app")
    denied = identity("Deny", Resource=f"arn:aws:ecr:us-*:{HERE}:repository/app")
    region = asked(never(within, denied, who=account(HERE)))["resource"].split(":")[3]
    assert region.endswith("1")
    assert not region.startswith("us")


@pytest.mark.parametrize(
    ("condition", "values"),
    [
        (when("Null", "aws:SecureTransport", "false"), {"true", "false"}),
        (when("Null", "aws:MultiFactorAuthPresent", "false"), {"true", "false"}),
        (when("Null", "aws:SourceIp", "false"), {"192.0.2.1"}),
        (when("Null", "aws:MultiFactorAuthAge", "false"), {"60"}),
        (when("Null", "aws:CurrentTime", "false"), {"2026-01-01T00:00:00Z"}),
        (when("Null", "aws:EpochTime", "false"), {"1767225600"}),
    ],
)
def test_keys_have_values_of_their_type(condition: dict[str, Any], values: set[str]) -> None:
    result = never(repository("*", **condition), who=account(THERE))
    [value] = asked(result)["context"].values()
    assert value in values


def test_a_boolean_is_true_or_false() -> None:
    key = "aws:SecureTransport"
    denied = [
        {"Effect": "Deny", **when(operator, key, value)}
        for operator, value in (("Bool", "true"), ("Bool", "false"), ("Null", "true"))
    ]
    assert never(statements({}, *denied), who=anybody()).holds


@pytest.mark.parametrize(
    ("operator", "is_allowed"), [("DateLessThan", False), ("DateEquals", True)]
)
def test_both_times_are_one_instant(operator: str, *, is_allowed: bool) -> None:
    """1767225600 seconds are the beginning of 2026."""
    times = {
        "NumericGreaterThanEquals": {"aws:EpochTime": "1767225600"},
        operator: {"aws:CurrentTime": "2026-01-01T00:00:00Z"},
    }
    result = never(repository("*", Condition=times), who=account(THERE))
    assert result.is_complete
    assert result.holds is not is_allowed
    if is_allowed:
        assert asked(result)["context"] == {
            "aws:CurrentTime": "2026-01-01T00:00:00Z",
            "aws:EpochTime": "1767225600",
        }


def test_a_typed_key_in_conditions_on_texts_is_not_all_tried() -> None:
    denied = {"Effect": "Deny", **when("StringLike", "aws:SourceIp", "1*", "0*", ":*")}
    absent = {"Effect": "Deny", **when("Null", "aws:SourceIp", "true")}
    result = never(statements({}, denied, absent), who=account(THERE))
    assert result.outcome is Outcome.UNDECIDED


@pytest.mark.parametrize("pattern", ["*", "?*", "a*"])
def test_names_of_repositories_have_two_characters_or_more(pattern: str) -> None:
    on = f"arn:aws:ecr:*:{HERE}:repository/{pattern}"
    name = asked(never(identity(Resource=on), who=account(HERE)))["resource"].partition("/")[2]
    assert len(name) == 2
    longer = identity("Deny", Resource="arn:aws:ecr:*:*:repository/??*")
    assert never(identity(Resource=on), longer, who=account(HERE)).holds


def test_names_that_no_repository_can_have() -> None:
    on = f"arn:aws:ecr:*:{HERE}:repository/"
    for pattern in ("*..*", "A*", "*/", "-*", "?"):
        assert never(identity(Resource=on + pattern), who=account(HERE)).holds
    for pattern in ("*__*", "*---*", "*.*/?"):
        assert not never(identity(Resource=on + pattern), who=account(HERE)).holds


def test_users_whose_name_another_resource_has() -> None:
    own = identity(Resource=f"arn:aws:ecr:*:{HERE}:repository/${{aws:username}}")
    bobs = f"arn:aws:ecr:*:{HERE}:repository/bob"
    assert asked(never(own, who=account(HERE), resource=bobs))["principal"].endswith(":user/bob")
    denied = identity("Deny", Resource=bobs)
    allowed = identity(Resource=f"arn:aws:ecr:*:{HERE}:repository/b*")
    left = never(own, denied, boundary(Resource=bobs), who=account(HERE))
    assert left.outcome is Outcome.UNDECIDED
    assert not never(own, allowed, who=account(HERE)).holds
    apart = identity("Deny", Resource=f"arn:aws:ecr:*:{HERE}:repository/shared/*")
    below = identity(Resource=f"arn:aws:ecr:*:{HERE}:repository/users/${{aws:username}}/*")
    nothing = boundary(Action="s3:*")
    assert never(below, apart, nothing, who=account(HERE)).is_complete


def test_users_whose_name_a_tag_has() -> None:
    tag = "aws:RequestTag/owner"
    both = identity(
        Action="ecr:CreateRepository",
        Condition={
            "StringEquals": {tag: "${aws:username}"},
            "StringLike": {tag: "b?b"},
        },
    )
    result = never(both, who=account(HERE), action="ecr:CreateRepository")
    assert asked(result)["principal"].endswith(":user/bxb")


def test_users_whose_name_a_tag_has_in_another_case() -> None:
    both = {
        "StringEquals": {TAG: "u-${aws:username}"},
        "StringEqualsIgnoreCase": {TAG: "U-BOB"},
    }
    assert not never(identity(Condition=both), who=account(HERE)).is_complete


def test_users_whose_name_a_tag_has_under_its_other_name() -> None:
    both = {"StringEquals": {TAG: "${aws:username}"}, "StringLike": {ECR_TAG: "bob"}}
    found = asked(never(identity(Condition=both), who=account(HERE)))
    assert found["principal"].endswith(":user/bob")


def test_a_wildcard_that_stands_for_itself() -> None:
    key = "aws:PrincipalTag/env"
    literal = when("StringLike", key, "a${*}")
    found = never(statements(literal), who=account(THERE))
    assert asked(found)["context"] == {key: "a*"}
    denied = {"Effect": "Deny", **when("StringEquals", key, "a*")}
    assert not never(statements(literal, denied), who=account(THERE)).is_complete


def test_what_stands_in_for_a_variable() -> None:
    own = when("StringEquals", "aws:ResourceTag/team", "${aws:PrincipalTag/team, 'none'}")
    tagged = {"Effect": "Deny", **when("Null", "aws:PrincipalTag/team", "false")}
    found = asked(never(statements(own, tagged), who=account(THERE)))
    assert found["context"] == {"aws:ResourceTag/team": "none"}


def test_the_id_of_a_public_registry_is_its_account() -> None:
    def granting(account: str) -> Policy:
        return identity(Resource=f"arn:aws:ecr-public::{account}:registry/{HERE}", Action="*")

    action = "ecr-public:DescribeRegistries"
    found = asked(never(granting(HERE), who=account(HERE), action=action))
    assert found["resource"] == f"arn:aws:ecr-public::{HERE}:registry/{HERE}"
    assert never(granting(THERE), who=anybody(), action=action).holds
    nothing = boundary(Action="s3:*")
    assert not never(granting("*"), nothing, who=account(HERE), action=action).is_complete


def test_a_partition_that_is_not_the_first_one() -> None:
    both = identity(
        Resource=[ON_HERE, f"arn:aws-cn:ecr:cn-north-1:{THERE}:repository/web"], Action=PULL
    )
    found = asked(never(both, who=account(THERE), action=PULL))
    assert found["principal"].startswith("arn:aws-cn:")
    assert found["resource"] == f"arn:aws-cn:ecr:cn-north-1:{THERE}:repository/web"


def test_the_fewest_keys_are_tried_first() -> None:
    """Of more contexts than can be tried, that of one key is among them, whichever key it is."""
    keys = [f"aws:PrincipalTag/{number}" for number in range(10)]
    for wanted in (keys[0], keys[-1]):
        open_to = [{"Effect": "Deny", **when("StringLike", key, "a*", "b*")} for key in keys]
        allowed = when("StringEquals", wanted, "web")
        found = never(statements(allowed, *open_to), who=account(THERE))
        assert asked(found)["context"] == {wanted: "web"}


def test_too_many_requests_are_not_all_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecrpolicy.testing.invariants.requests._MAX_REQUESTS", 4)
    result = never(repository("*", "Deny"), who=anybody())
    assert result.outcome is Outcome.UNDECIDED
    assert result.doubts == ("there are more than 4 requests: no others were made",)
    assert result.looked_at.startswith("4 requests, ")


def test_too_many_contexts_are_not_all_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecrpolicy.testing.invariants.requests._MAX_DECISIONS", 100)
    keys = [f"aws:PrincipalTag/{number}" for number in range(9)]
    denied = [{"Effect": "Deny", **when("StringNotEquals", key, "web")} for key in keys]
    last = {"Effect": "Deny", **when("StringEquals", keys[-1], "web")}
    result = never(statements({}, *denied, last), who=account(THERE))
    assert result.outcome is Outcome.UNDECIDED
    assert len(result.doubts) > 1
