"""Whether a caller may: what the service puts to the library, and what it answers.

What each policy means is tested with `ecrpolicy.iam`; here, that each of them is asked.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import insert

from ecrpolicy import iam
from ecrpolicy.arn import Arn
from ecrpolicy.registry.auth.authorise import EVERY_REPOSITORY, check, check_pass_role
from ecrpolicy.registry.metadata.tables import (
    account_settings,
    registries,
    repositories,
    resource_tags,
)
from ecrpolicy.registry.opening import open_service
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.settings import Settings
from tests.registry.auth.identity_files import (
    ACCOUNT,
    BOB,
    FEDERATED,
    NOW,
    OTHER,
    ROLE,
    SESSION,
    credentials,
    details,
    inline,
    policy,
    role,
    session,
    statement,
    user,
    write,
)

PLACE: Final = Place(ACCOUNT, "us-east-1")
WEB: Final = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/web"
PUT: Final = "ecr:PutImage"
OTO: Final = f"arn:aws:iam::{OTHER}:user/oto"
EVERYTHING: Final = inline(statement("*"))


class Bench:
    """A service with one repository, `web`, whose identities and policies a test chooses."""

    def __init__(self, directory: Path, **settings: Any) -> None:
        self.file = directory / "identities.json"
        write(self.file, details())
        self.settings = Settings(directory / "data", self.file, ACCOUNT, **settings)
        self.service = open_service(self.settings, lambda: NOW)

    def known(self, *documents: dict[str, Any]) -> None:
        write(self.file, list(documents))

    def repository(self, policy: Any = None, tags: dict[str, str] | None = None) -> None:
        with self.service.database.writing() as connection:
            made = connection.execute(
                insert(repositories).values(
                    account=ACCOUNT,
                    region="us-east-1",
                    name="web",
                    created_at=NOW,
                    mutability="MUTABLE",
                    exclusion_filters=[],
                    scan_on_push=False,
                    encryption={},
                    policy=None if policy is None else json.dumps(policy),
                )
            )
            number = made.inserted_primary_key
            assert number is not None
            for key, value in (tags or {}).items():
                connection.execute(
                    insert(resource_tags).values(repository_id=number[0], key=key, value=value)
                )

    def registry(self, policy: Any, scope: str | None = None) -> None:
        here = {"account": ACCOUNT, "region": "us-east-1"}
        with self.service.database.writing() as connection:
            connection.execute(insert(registries).values(**here, policy=json.dumps(policy)))
            if scope is not None:
                connection.execute(
                    insert(account_settings).values(
                        **here, name="REGISTRY_POLICY_SCOPE", value=scope
                    )
                )

    def may(
        self,
        key: str,
        action: str = PUT,
        names: Sequence[str] = ("web",),
        place: Place = PLACE,
        **context: str,
    ) -> bool:
        return self.refusal(key, action, names, place, **context) is None

    def refusal(
        self,
        key: str,
        action: str = PUT,
        names: Sequence[str] = ("web",),
        place: Place = PLACE,
        **context: str,
    ) -> str | None:
        held = self.service.authority.key(key)
        assert held is not None
        keys = {name.replace("_", ":", 1): value for name, value in context.items()}
        try:
            with self.service.database.reading() as connection:
                check(self.service, connection, held.caller, place, action, names, keys)
        except Refusal as refusal:
            return str(refusal).removeprefix("AccessDeniedException: ")
        return None


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.service.database.close()


def other(**members: Any) -> dict[str, Any]:
    """Another account, with a user."""
    key = {"AccessKeyId": "AKIAOTO", "SecretAccessKey": "secret-of-oto"}
    oto = {"UserName": "oto", "Arn": OTO, "AccessKeyList": [key], **members}
    return {"AccountId": OTHER, "UserDetailList": [oto]}


def test_the_root_user_may(bench: Bench) -> None:
    bench.repository()
    assert bench.may("AKIAROOT")


def test_a_user_without_policies_may_not(bench: Bench) -> None:
    bench.known(details(UserDetailList=[user()]))
    assert bench.refusal("AKIABOB") == (
        f"User: {BOB} is not authorized to perform: {PUT} on resource: {WEB} "
        f"because no identity-based policy allows the {PUT} action"
    )


def test_an_identity_policy_allows_what_it_names(bench: Bench) -> None:
    bench.known(details(UserDetailList=[user(UserPolicyList=inline(statement(PUT, resource=WEB)))]))
    assert bench.may("AKIABOB")
    assert not bench.may("AKIABOB", "ecr:DeleteRepository")
    assert not bench.may("AKIABOB", names=["api"])
    assert not bench.may("AKIABOB", names=["web", "api"])
    assert not bench.may("AKIABOB", place=Place(ACCOUNT, "eu-west-1"))


def test_an_explicit_denial_is_called_so(bench: Bench) -> None:
    denial = {"Effect": "Deny", "Action": PUT, "Resource": "*"}
    bench.known(details(UserDetailList=[user(UserPolicyList=inline(statement("*"), denial))]))
    assert bench.refusal("AKIABOB") == (
        f"User: {BOB} is not authorized to perform: {PUT} on resource: {WEB} "
        "with an explicit deny in an identity-based policy"
    )


def test_an_action_without_resource(bench: Bench) -> None:
    token = "ecr:GetAuthorizationToken"
    bench.known(details(UserDetailList=[user()]))
    assert bench.refusal("AKIABOB", token, ()) == (
        f"User: {BOB} is not authorized to perform: {token} on resource: * "
        f"because no identity-based policy allows the {token} action"
    )
    bench.known(details(UserDetailList=[user(UserPolicyList=inline(statement(token)))]))
    assert bench.may("AKIABOB", token, ())


def test_all_repositories_are_one_resource(bench: Bench) -> None:
    describe = "ecr:DescribeRepositories"
    every = WEB.replace("/web", "/*")
    allowing = inline(statement(describe, resource=every))
    bench.known(details(UserDetailList=[user(UserPolicyList=allowing)]))
    assert bench.may("AKIABOB", describe, [EVERY_REPOSITORY])
    bench.known(details(UserDetailList=[user()]))
    assert f"on resource: {every} " in str(bench.refusal("AKIABOB", describe, [EVERY_REPOSITORY]))


def test_the_repository_s_policy_is_asked(bench: Bench) -> None:
    allowing = {"Effect": "Allow", "Principal": {"AWS": BOB}, "Action": PUT}
    bench.known(details(UserDetailList=[user()]))
    bench.repository(policy(allowing))
    assert bench.may("AKIABOB")
    assert not bench.may("AKIABOB", place=Place(ACCOUNT, "eu-west-1"))


@pytest.mark.parametrize(("scope", "allowed"), [(None, True), ("V2", True), ("V1", False)])
def test_the_registry_s_policy_is_asked_in_its_scope(
    scope: str | None, allowed: bool, bench: Bench
) -> None:
    # Amazon ECR User Guide, "Private registry permissions": V1 knows three actions.
    allowing = {
        "Sid": "pull",
        "Effect": "Allow",
        "Principal": {"AWS": BOB},
        "Action": ["ecr:BatchGetImage", "ecr:CreateRepository"],
        "Resource": WEB,
    }
    bench.known(details(UserDetailList=[user()]))
    bench.registry(policy(allowing), scope)
    assert bench.may("AKIABOB", "ecr:CreateRepository")
    assert bench.may("AKIABOB", "ecr:BatchGetImage") is allowed


def test_another_account_needs_both(bench: Bench) -> None:
    bench.repository(policy({"Effect": "Allow", "Principal": {"AWS": OTHER}, "Action": PUT}))
    bench.known(details(), other())
    assert bench.refusal("AKIAOTO") == (
        f"User: {OTO} is not authorized to perform: {PUT} on resource: {WEB} "
        f"because no identity-based policy allows the {PUT} action"
    )
    bench.known(details(), other(UserPolicyList=EVERYTHING))
    assert bench.may("AKIAOTO")
    assert bench.refusal("AKIAOTO", "ecr:DeleteRepository") == (
        f"User: {OTO} is not authorized to perform: ecr:DeleteRepository on resource: {WEB} "
        "because no resource-based policy allows the ecr:DeleteRepository action"
    )


def test_another_account_is_a_stranger_in_a_registry(bench: Bench) -> None:
    bench.known(details(), other(UserPolicyList=EVERYTHING))
    assert not bench.may("AKIAOTO", "ecr:DescribeRegistry", ())
    assert bench.may("AKIAOTO", "ecr:DescribeRegistry", (), Place(OTHER, "us-east-1"))


def boundary(*statements: dict[str, Any]) -> dict[str, Any]:
    """A managed policy, `limit`."""
    version = {"VersionId": "v1", "IsDefaultVersion": True, "Document": policy(*statements)}
    return {
        "PolicyName": "limit",
        "Arn": f"arn:aws:iam::{ACCOUNT}:policy/limit",
        "DefaultVersionId": "v1",
        "PolicyVersionList": [version],
    }


def test_a_permissions_boundary_limits(bench: Bench) -> None:
    limited = user(
        UserPolicyList=EVERYTHING,
        PermissionsBoundary={"PermissionsBoundaryArn": f"arn:aws:iam::{ACCOUNT}:policy/limit"},
    )
    limit = boundary(statement("ecr:Get*"))
    bench.known(details(UserDetailList=[limited], Policies=[limit]))
    assert "no permissions boundary allows" in str(bench.refusal("AKIABOB"))
    assert bench.may("AKIABOB", "ecr:GetRepositoryPolicy")


def test_a_session_policy_limits(bench: Bench) -> None:
    limited = session(Policy=policy(statement("ecr:Get*")))
    free = session("ASIAFREE")
    both = role(limited, free, RolePolicyList=EVERYTHING)
    bench.known(details(RoleDetailList=[both]))
    assert bench.refusal("ASIASESSION") == (
        f"User: {SESSION} is not authorized to perform: {PUT} on resource: {WEB} "
        f"because no session policy allows the {PUT} action"
    )
    assert bench.may("ASIASESSION", "ecr:GetRepositoryPolicy")
    assert bench.may("ASIAFREE")


def test_a_federated_user_has_what_user_and_session_allow(bench: Bench) -> None:
    federated = {
        "Credentials": credentials("ASIAFEDERATED"),
        "FederatedUser": {"Arn": FEDERATED},
        "Policy": policy(statement("ecr:Get*", PUT)),
    }
    allowing = inline(statement(PUT, "ecr:DeleteRepository"))
    bench.known(details(UserDetailList=[user(UserPolicyList=allowing, SessionList=[federated])]))
    assert bench.may("ASIAFEDERATED")
    assert not bench.may("ASIAFEDERATED", "ecr:DeleteRepository")
    assert not bench.may("ASIAFEDERATED", "ecr:GetRepositoryPolicy")


def test_policies_of_the_organization(bench: Bench) -> None:
    free = policy(statement("*"))
    denial = {"Effect": "Deny", "Principal": "*", "Action": "ecr:*", "Resource": WEB}
    bob = user(UserPolicyList=EVERYTHING)
    bench.known(details(UserDetailList=[bob], ServiceControlPolicies=[[free], []]))
    assert "no service control policy allows" in str(bench.refusal("AKIABOB"))
    bench.known(details(UserDetailList=[bob], ResourceControlPolicies=[[policy(denial)]]))
    assert "explicit deny in a resource control policy" in str(bench.refusal("AKIABOB"))
    assert bench.may("AKIABOB", names=["api"])
    management = details(
        UserDetailList=[bob], ServiceControlPolicies=[[free], []], ManagementAccount=True
    )
    bench.known(management)
    assert bench.may("AKIABOB")


def when(**condition: Any) -> list[dict[str, Any]]:
    """Everything is allowed under a condition."""
    return inline(statement("*", Condition={"StringEquals": condition}))


def test_tags_of_the_repository(bench: Bench) -> None:
    bench.repository(tags={"team": "web", "stage": "test"})
    for key in ("aws:ResourceTag/team", "ecr:ResourceTag/team"):
        bench.known(details(UserDetailList=[user(UserPolicyList=when(**{key: "web"}))]))
        assert bench.may("AKIABOB")
        assert not bench.may("AKIABOB", names=["api"])


def test_tags_of_the_caller_and_of_its_session(bench: Bench) -> None:
    team = {"aws:PrincipalTag/team": "web"}
    tagged = [{"Key": "team", "Value": "web"}]
    bench.known(details(UserDetailList=[user(UserPolicyList=when(**team), Tags=tagged)]))
    assert bench.may("AKIABOB")
    one, own = session(), session("ASIAOWN", Tags=[{"Key": "team", "Value": "api"}])
    both = role(one, own, RolePolicyList=when(**team), Tags=tagged)
    bench.known(details(RoleDetailList=[both]))
    assert bench.may("ASIASESSION")
    assert not bench.may("ASIAOWN")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("aws:userid", "AROACI:build-7"),
        ("aws:PrincipalArn", ROLE),
        ("aws:PrincipalOrgID", "o-example0000"),
        ("aws:ResourceOrgID", "o-example0000"),
        ("aws:ResourceAccount", ACCOUNT),
        ("aws:PrincipalType", "AssumedRole"),
    ],
)
def test_keys_of_a_session(key: str, value: str, bench: Bench) -> None:
    asking = role(session(), RolePolicyList=when(**{key: value}))
    bench.known(details(OrganizationId="o-example0000", RoleDetailList=[asking]))
    assert bench.may("ASIASESSION")


@pytest.mark.parametrize(
    ("key", "value"),
    [("aws:userid", "AIDABOB"), ("aws:username", "bob"), ("aws:PrincipalType", "User")],
)
def test_keys_of_a_user(key: str, value: str, bench: Bench) -> None:
    bench.known(details(UserDetailList=[user(UserPolicyList=when(**{key: value}))]))
    assert bench.may("AKIABOB")


def test_only_temporary_credentials_tell_of_mfa(bench: Bench) -> None:
    # "AWS global condition context keys", "aws:MultiFactorAuthPresent".
    asking = inline(statement("*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "false"}}))
    both = details(
        UserDetailList=[user(UserPolicyList=asking)],
        RoleDetailList=[role(session(), RolePolicyList=asking)],
    )
    bench.known(both)
    assert not bench.may("AKIABOB")
    assert bench.may("ASIASESSION")


def test_the_context_of_the_request_is_asked(bench: Bench) -> None:
    asking = inline(statement("*", Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}))
    bench.known(details(UserDetailList=[user(UserPolicyList=asking)]))
    assert bench.may("AKIABOB", aws_SourceIp="203.0.113.7")
    assert not bench.may("AKIABOB", aws_SourceIp="198.51.100.7")
    assert not bench.may("AKIABOB")


def test_the_policy_of_an_endpoint(tmp_path: Path) -> None:
    file = tmp_path / "endpoint.json"
    allowing = {"Effect": "Allow", "Principal": "*", "Action": "ecr:Get*", "Resource": "*"}
    write(file, policy(allowing))
    bench = Bench(tmp_path, endpoint_policy=file)
    assert "no VPC endpoint policy allows" in str(bench.refusal("AKIAROOT"))
    assert bench.may("AKIAROOT", "ecr:GetRepositoryPolicy")
    # It holds on when the identities change.
    bench.known(details())
    assert not bench.may("AKIAROOT")
    bench.service.database.close()


def test_a_role_is_passed_by_the_caller_s_own_policies(tmp_path: Path) -> None:
    """What is about resources of the registry, or on the way to it, is not about the role."""
    file = tmp_path / "endpoint.json"
    write(file, policy(statement("ecr:*", Principal="*")))
    bench = Bench(tmp_path, endpoint_policy=file)
    role_of = Arn("aws", "iam", "", ACCOUNT, "role/creator")
    denial = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}

    def may_pass(*statements: dict[str, Any]) -> bool:
        bob = user(UserPolicyList=inline(*statements))
        bench.known(details(UserDetailList=[bob], ResourceControlPolicies=[[policy(denial)]]))
        held = bench.service.authority.key("AKIABOB")
        assert held is not None
        try:
            check_pass_role(bench.service, held.caller, role_of, "ecr.amazonaws.com", {})
        except Refusal:
            return False
        return True

    assert may_pass(statement("iam:PassRole", resource=str(role_of)))
    assert not may_pass(statement("iam:PassRole", resource=f"{role_of}s"))
    assert not may_pass(statement("ecr:*"))
    bench.service.database.close()


def test_changed_policies_count_at_once(bench: Bench) -> None:
    bench.known(details(UserDetailList=[user()]))
    assert not bench.may("AKIABOB")
    bench.known(details(UserDetailList=[user(UserPolicyList=EVERYTHING)]))
    assert bench.may("AKIABOB")
    bench.repository(policy({"Effect": "Deny", "Principal": "*", "Action": PUT}))
    assert not bench.may("AKIABOB")


@pytest.mark.parametrize("explains", [True, False])
def test_denials_are_explained_in_the_log_when_asked_for(
    explains: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(tmp_path, explains_denials=explains)
    bench.known(details(UserDetailList=[user(UserPolicyList=inline(statement("ecr:Get*")))]))
    with caplog.at_level(logging.INFO, "ecrpolicy.registry"):
        assert bench.may("AKIABOB", "ecr:GetRepositoryPolicy")
        assert not [each for each in caplog.records if each.name.endswith("denials")]
        assert not bench.may("AKIABOB")
    said = "\n".join(each.getMessage() for each in caplog.records if each.name.endswith("denials"))
    assert ("statement 1: does not match (Allow)" in said) is explains
    assert (f"on resource: {WEB}" in said) is explains
    bench.service.database.close()


def test_policies_are_read_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.known(details(UserDetailList=[user()]))
    bench.repository(policy({"Effect": "Allow", "Principal": "*", "Action": PUT}))
    assert bench.may("AKIABOB")

    def fail(*_: Any, **__: Any) -> None:
        raise AssertionError("the policy is read again")

    monkeypatch.setattr(iam, "parse", fail)
    assert bench.may("AKIABOB")
