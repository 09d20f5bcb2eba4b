"""The file of identities: who there is, which keys they have, and what becomes of bad files."""

import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.registry.auth.authority import Authority, read
from ecrpolicy.registry.auth.caller import Caller
from tests.registry.auth.identity_files import (
    ACCOUNT,
    BOB,
    FEDERATED,
    OTHER,
    ROLE,
    SESSION,
    authority,
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

ENDS = datetime(2026, 1, 31, 10, 0, tzinfo=UTC)


def caller(found: Authority, key: str) -> Caller:
    held = found.key(key)
    assert held is not None
    return held.caller


def test_a_root_key_is_the_account_s(tmp_path: Path) -> None:
    found = authority(tmp_path, details())
    key = found.key("AKIAROOT")
    assert key is not None
    assert (key.secret, key.token) == ("secret-of-root", None)
    assert key.caller.principal == f"arn:aws:iam::{ACCOUNT}:root"
    assert key.caller.account == ACCOUNT
    assert key.caller.is_root


def test_an_account_without_users_is_known(tmp_path: Path) -> None:
    assert list(authority(tmp_path, details()).identities.accounts) == [ACCOUNT]


def test_a_user_s_key_is_the_user_s(tmp_path: Path) -> None:
    bob = caller(authority(tmp_path, details(UserDetailList=[user()])), "AKIABOB")
    assert (bob.principal, bob.account, bob.identity) == (BOB, ACCOUNT, BOB)
    assert not bob.is_root
    assert not bob.is_temporary


def test_a_key_that_is_switched_off_is_not_there(tmp_path: Path) -> None:
    key = {"AccessKeyId": "AKIABOB", "SecretAccessKey": "s", "Status": "Inactive"}
    found = authority(tmp_path, details(UserDetailList=[user(AccessKeyList=[key])]))
    assert found.key("AKIABOB") is None


def test_a_session_of_a_role(tmp_path: Path) -> None:
    given = session(
        Policy=policy(statement("ecr:Get*")),
        PolicyArns=[{"arn": "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"}],
        Tags=[{"Key": "team", "Value": "web"}],
    )
    found = authority(tmp_path, details(RoleDetailList=[role(given)]))
    key = found.key("ASIASESSION")
    assert key is not None
    assert key.token == "token-of-ASIASESSION"
    assert (key.caller.principal, key.caller.role) == (SESSION, ROLE)
    assert key.caller.identity == ROLE
    assert key.caller.tags == {"team": "web"}
    assert [len(each.statements) for each in key.caller.session] == [1, 1]
    assert key.caller.expires_at == ENDS
    assert not key.caller.has_ended(datetime(2026, 1, 31, 9, 59, 59, tzinfo=UTC))
    assert key.caller.has_ended(ENDS)


def test_a_session_policy_may_be_text(tmp_path: Path) -> None:
    text = json.dumps(policy(statement("ecr:Get*")))
    found = authority(tmp_path, details(RoleDetailList=[role(session(Policy=text))]))
    assert len(caller(found, "ASIASESSION").session) == 1


def test_sessions_of_a_user(tmp_path: Path) -> None:
    federated = {
        "Credentials": credentials("ASIAFEDERATED"),
        "FederatedUser": {"FederatedUserId": f"{ACCOUNT}:visitor", "Arn": FEDERATED},
    }
    own = {"Credentials": credentials("ASIAOWN")}
    found = authority(tmp_path, details(UserDetailList=[user(SessionList=[federated, own])]))
    visitor, bob = caller(found, "ASIAFEDERATED"), caller(found, "ASIAOWN")
    assert (visitor.principal, visitor.user, visitor.identity) == (FEDERATED, BOB, BOB)
    assert (bob.principal, bob.user) == (BOB, None)
    assert bob.is_temporary


def test_several_accounts_are_a_list(tmp_path: Path) -> None:
    other = {
        "AccountId": OTHER,
        "RootAccessKeyList": [{"AccessKeyId": "AKIAOTHER", "SecretAccessKey": "s"}],
    }
    found = authority(tmp_path, [details(), other])
    assert set(found.identities.accounts) == {ACCOUNT, OTHER}
    assert caller(found, "AKIAOTHER").account == OTHER


def test_an_organization_is_that_of_all_accounts_of_its_document(tmp_path: Path) -> None:
    found = authority(tmp_path, details(OrganizationId="o-example0000", UserDetailList=[user()]))
    assert found.known.organizations == {ACCOUNT: "o-example0000"}


REFUSED: dict[str, tuple[Any, str]] = {
    "two keys of one id": (
        details(UserDetailList=[user(), user(Arn=f"{BOB}2")]),
        "the access key `AKIABOB` stands twice",
    ),
    "a key of a role": (
        details(
            RoleDetailList=[role(AccessKeyList=[{"AccessKeyId": "A", "SecretAccessKey": "s"}])]
        ),
        "a role has no access keys of its own",
    ),
    "a session of another role": (
        details(RoleDetailList=[role(session(AssumedRoleUser={"Arn": f"{SESSION[:-16]}x/build"}))]),
        "the session is none of this role",
    ),
    "a session of a role of another account": (
        details(
            RoleDetailList=[
                role(session(AssumedRoleUser={"Arn": SESSION.replace(ACCOUNT, OTHER)})),
            ]
        ),
        "the session is none of this role",
    ),
    "a session that says nothing of the role": (
        details(RoleDetailList=[role({"Credentials": credentials("ASIA")})]),
        "the session is none of this role",
    ),
    "root keys of no account": (
        {"RootAccessKeyList": [{"AccessKeyId": "A", "SecretAccessKey": "s"}], "UserDetailList": []},
        "a root user's account is not told",
    ),
    "half a surrogate pair in the name of a user": (
        details(UserDetailList=[user(Arn=f"{BOB}\ud800")]),
        "unable to parse raw data as a unicode string",
    ),
    "half a surrogate pair in the name of a session": (
        details(UserDetailList=[user(SessionList=[session(FederatedUser={"Arn": "a\ud800"})])]),
        "unable to parse raw data as a unicode string",
    ),
    "a policy that is attached and not there": (
        details(UserDetailList=[user(AttachedManagedPolicies=[{"PolicyArn": f"{BOB}-policy"}])]),
        f"`{BOB}-policy`, which is attached to `{BOB}`, is not in the file",
    ),
    "a boundary that is not there": (
        details(
            UserDetailList=[
                user(PermissionsBoundary={"PermissionsBoundaryArn": "arn:aws:iam::1:policy/b"})
            ]
        ),
        "`arn:aws:iam::1:policy/b`, which is attached",
    ),
    "a key without its secret": (
        details(UserDetailList=[user(AccessKeyList=[{"AccessKeyId": "A"}])]),
        "the member `SecretAccessKey` is missing",
    ),
    "a session policy that is none": (
        details(RoleDetailList=[role(session(Policy={"Statement": 1}))]),
        "Statement",
    ),
    "no JSON": ("{", "expected"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_meant_is_refused(name: str, tmp_path: Path) -> None:
    content, message = REFUSED[name]
    with pytest.raises(EcrPolicyError) as refused:
        authority(tmp_path, content)
    assert message in str(refused.value)


def test_no_complaint_shows_a_secret(tmp_path: Path) -> None:
    keys = [
        {"AccessKeyId": "A", "SecretAccessKey": ["hush-hush"]},
        {"AccessKeyId": {"hush-hush": 1}, "SecretAccessKey": "hush-hush"},
        "hush-hush",
        {"AccessKeyId": "no id: hush-hush", "SecretAccessKey": "", "Status": "hush-hush"},
    ]
    with pytest.raises(EcrPolicyError) as refused:
        authority(tmp_path, details(UserDetailList=[user(AccessKeyList=keys)]))
    # Line and column say where to look.
    assert len(refused.value.findings) == 6
    assert "identities.json:1:" in str(refused.value)
    assert "hush-hush" not in str(refused.value)


def test_no_representation_shows_a_secret(tmp_path: Path) -> None:
    found = authority(tmp_path, details(RoleDetailList=[role(session())]))
    shown = repr(found.key("ASIASESSION"))
    assert "build-7" in shown
    assert "secret-of" not in shown
    assert "token-of" not in shown


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    found = authority(tmp_path, details())
    assert found.key("AKIABOB") is None
    write(tmp_path / "identities.json", details(UserDetailList=[user()]))
    assert found.key("AKIABOB") is not None
    write(tmp_path / "identities.json", details())
    assert found.key("AKIABOB") is None


def test_a_file_that_goes_bad_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = authority(tmp_path, details(UserDetailList=[user()]))
    write(tmp_path / "identities.json", "{")
    assert found.key("AKIABOB") is not None
    assert found.key("AKIABOB") is not None
    assert [each.levelname for each in caplog.records] == ["ERROR"]
    assert "the identities have not changed" in caplog.text
    write(tmp_path / "identities.json", details())
    assert found.key("AKIABOB") is None


def test_a_file_that_goes_away_changes_nothing(tmp_path: Path) -> None:
    found = authority(tmp_path, details())
    (tmp_path / "identities.json").unlink()
    assert found.key("AKIAROOT") is not None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_may_read_is_warned_about(
    mode: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "identities.json"
    write(file, details())
    file.chmod(mode)
    with caplog.at_level(logging.WARNING):
        Authority.read(file)
    assert f"others may read `{file}`" in caplog.text


def test_a_file_of_one_s_own_is_not(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    authority(tmp_path, details(UserDetailList=[user(UserPolicyList=inline(statement("ecr:*")))]))
    assert caplog.text == ""


def test_the_example_of_the_documentation() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "identities-file.md"
    [text] = re.findall(r"identities\.json\n\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    found = read(text.encode())
    assert {key.caller.principal.rpartition(":")[2] for key in found.keys.values()} == {
        "root",
        "user/ana",
        "assumed-role/ci/build-7",
    }
