"""A registry service to talk to over real sockets, and clients of it."""

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import boto3
import uvicorn
from botocore.config import Config

from ecrpolicy.registry.app import create_app
from ecrpolicy.registry.heads import PROTOCOL
from ecrpolicy.registry.opening import open_service
from ecrpolicy.registry.service import Service
from ecrpolicy.registry.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

ACCOUNT: Final = "111122223333"
OTHER_ACCOUNT: Final = "444455556666"
REGION: Final = "us-east-1"


@dataclass(frozen=True, slots=True)
class Key:
    """An access key of somebody whom the service knows."""

    id: str
    secret: str
    principal: str
    token: str | None = None


ROOT: Final = Key("AKIAROOT000000000000", "secret-of-root", f"arn:aws:iam::{ACCOUNT}:root")
ADMIN: Final = Key("AKIAADMIN00000000000", "secret-of-ana", f"arn:aws:iam::{ACCOUNT}:user/ana")
"""A user who may do everything."""
READER: Final = Key("AKIAREADER0000000000", "secret-of-bob", f"arn:aws:iam::{ACCOUNT}:user/bob")
"""A user who may read everything, by AWS's own AmazonEC2ContainerRegistryReadOnly."""
NOBODY: Final = Key("AKIANOBODY0000000000", "secret-of-nil", f"arn:aws:iam::{ACCOUNT}:user/nil")
"""A user without any policy."""
SESSION: Final = Key(
    "ASIASESSION000000000",
    "secret-of-ci",
    f"arn:aws:sts::{ACCOUNT}:assumed-role/ci/build-1",
    "token-of-ci",
)
"""A session of a role that may do everything."""
OTHER: Final = Key(
    "AKIAOTHER00000000000", "secret-of-oto", f"arn:aws:iam::{OTHER_ACCOUNT}:user/oto"
)
"""A user of another account, who may do everything there."""

READ_ONLY: Final = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"


def identities() -> list[dict[str, Any]]:
    """The file of identities: those above, in two accounts."""
    everything = inline("all", [{"Effect": "Allow", "Action": "*", "Resource": "*"}])
    read_only = {"PolicyName": READ_ONLY.rpartition("/")[2], "PolicyArn": READ_ONLY}
    session = {
        "Credentials": {
            "AccessKeyId": SESSION.id,
            "SecretAccessKey": SESSION.secret,
            "SessionToken": SESSION.token,
        },
        "AssumedRoleUser": {"Arn": SESSION.principal},
    }
    ours = {
        "AccountId": ACCOUNT,
        "RootAccessKeyList": [access_key(ROOT)],
        "UserDetailList": [
            user(ADMIN, UserPolicyList=[everything]),
            user(READER, AttachedManagedPolicies=[read_only]),
            user(NOBODY),
        ],
        "RoleDetailList": [
            {
                "RoleName": "ci",
                "Arn": f"arn:aws:iam::{ACCOUNT}:role/ci",
                "RolePolicyList": [everything],
                "SessionList": [session],
            }
        ],
    }
    theirs = {
        "AccountId": OTHER_ACCOUNT,
        "UserDetailList": [user(OTHER, UserPolicyList=[everything])],
    }
    return [ours, theirs]


def access_key(key: Key) -> dict[str, str]:
    """A permanent access key, as `aws iam create-access-key` prints it."""
    return {"AccessKeyId": key.id, "SecretAccessKey": key.secret, "Status": "Active"}


def user(key: Key, **members: Any) -> dict[str, Any]:
    """A user with an access key, as `aws iam get-account-authorization-details` prints it."""
    name = key.principal.rpartition("/")[2]
    return {
        "UserName": name,
        "Arn": key.principal,
        "AccessKeyList": [access_key(key)],
        **members,
    }


def inline(name: str, statements: list[dict[str, Any]]) -> dict[str, Any]:
    """A policy of a user, a group or a role itself."""
    return {
        "PolicyName": name,
        "PolicyDocument": {"Version": "2012-10-17", "Statement": statements},
    }


@dataclass(frozen=True, slots=True)
class Serving:
    """A service that runs: its parts, and where it listens."""

    service: Service
    host: str
    port: int

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://{self.host}:{self.port}"

    @property
    def netloc(self) -> str:
        """The registry as clients of images write it."""
        return f"{self.host}:{self.port}"

    def ecr(self, key: Key = ADMIN, region: str = REGION, **config: Any) -> "ECRClient":
        """A client of the ECR API; `config` is that of botocore.

        It tries once, and sends what the test says, be it valid or not.
        """
        chosen = {
            "retries": {"max_attempts": 0},
            "parameter_validation": False,
            "connect_timeout": 5,
            "read_timeout": 60,
            **config,
        }
        return _session().client(
            "ecr",
            region_name=region,
            endpoint_url=self.url,
            aws_access_key_id=key.id,
            aws_secret_access_key=key.secret,
            aws_session_token=key.token,
            config=Config(**chosen),
        )


@cache
def _session() -> boto3.Session:
    """One for all clients: reading the models takes longer than most tests."""
    return boto3.Session()


@contextmanager
def serving(
    directory: Path,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    known: list[dict[str, Any]] | None = None,
    **settings: Any,
) -> Iterator[Serving]:
    """A service on a directory, with a server for it, until the block ends.

    `known` are the identities, `settings` further ones of the service. Throttles are off, unless
    they are asked for.
    """
    file = directory / "identities.json"
    file.write_text(json.dumps(identities() if known is None else known))
    file.chmod(0o600)
    chosen: Mapping[str, Any] = {"throttles": False, **settings}
    listening = socket.create_server(("127.0.0.1", 0))
    host, port = listening.getsockname()
    opened = open_service(
        Settings(
            data=directory / "data",
            identities=file,
            account=ACCOUNT,
            region=REGION,
            host=host,
            port=port,
            **chosen,
        ),
        clock,
    )
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(opened), http=PROTOCOL, log_config=None, timeout_graceful_shutdown=5
        )
    )
    # The socket listens already: clients that come before the server wait in its queue.
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield Serving(opened, host, port)
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
