"""Files of identities for tests: one account with its root, users and a role, and another one."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ecrpolicy.registry.auth.authority import Authority

ACCOUNT: Final = "111122223333"
OTHER: Final = "444455556666"
NOW: Final = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
ENDS: Final = "2026-01-31T10:00:00Z"

BOB: Final = f"arn:aws:iam::{ACCOUNT}:user/team/bob"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/ci/deployer"
SESSION: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/deployer/build-7"
FEDERATED: Final = f"arn:aws:sts::{ACCOUNT}:federated-user/visitor"


def statement(*actions: str, resource: str = "*", **members: Any) -> dict[str, Any]:
    """A statement that allows."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **members}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def inline(*statements: dict[str, Any]) -> list[dict[str, Any]]:
    """A list of inline policies, with one."""
    return [{"PolicyName": "own", "PolicyDocument": policy(*statements)}]


def user(**members: Any) -> dict[str, Any]:
    """The user `bob`, with an access key."""
    key = {"AccessKeyId": "AKIABOB", "SecretAccessKey": "secret-of-bob", "Status": "Active"}
    return {
        "UserName": "bob",
        "UserId": "AIDABOB",
        "Arn": BOB,
        "AccessKeyList": [key],
        **members,
    }


def session(key: str = "ASIASESSION", **members: Any) -> dict[str, Any]:
    """What `aws sts assume-role` prints for the role `deployer`."""
    return {
        "Credentials": credentials(key),
        "AssumedRoleUser": {"AssumedRoleId": "AROACI:build-7", "Arn": SESSION},
        **members,
    }


def credentials(key: str) -> dict[str, str]:
    """Temporary credentials."""
    return {
        "AccessKeyId": key,
        "SecretAccessKey": f"secret-of-{key}",
        "SessionToken": f"token-of-{key}",
        "Expiration": ENDS,
    }


def role(*sessions: dict[str, Any], **members: Any) -> dict[str, Any]:
    """The role `deployer`, with sessions."""
    return {
        "RoleName": "deployer",
        "RoleId": "AROACI",
        "Arn": ROLE,
        "SessionList": list(sessions),
        **members,
    }


def details(**members: Any) -> dict[str, Any]:
    """An account with a root access key."""
    root = {"AccessKeyId": "AKIAROOT", "SecretAccessKey": "secret-of-root"}
    return {"AccountId": ACCOUNT, "RootAccessKeyList": [root], **members}


def write(file: Path, content: Any) -> None:
    """Put a file in the place of the one before it."""
    aside = file.with_suffix(".new")
    aside.write_text(content if isinstance(content, str) else json.dumps(content))
    aside.chmod(0o600)
    aside.replace(file)


def authority(directory: Path, content: Any) -> Authority:
    """The authority of a file in a directory."""
    file = directory / "identities.json"
    write(file, content)
    return Authority.read(file)
