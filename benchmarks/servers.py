"""Servers on this machine that the service is measured beside, each in a process of its own."""

import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

import bcrypt
import boto3

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

ACCOUNT, REGION = "111122223333", "us-east-1"
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server listens, and the headers that a client of its registry API sends."""

    name: str
    port: int
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)

    def connect(self) -> HTTPConnection:
        """A connection that is kept open over requests."""
        return HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)


@dataclass(frozen=True, slots=True)
class Service(Server):
    """A server that has the API as well: its process, an access key, and a client with it."""

    process: int = field(kw_only=True)
    key: tuple[str, str] = field(kw_only=True)
    ecr: "ECRClient" = field(hash=False, kw_only=True)


@contextmanager
def service(directory: Path) -> Iterator[Service]:
    """Our own service, on an empty directory, without throttles."""
    port = _free_port()
    identities = directory / "data" / "identities.json"
    command = [sys.executable, "-m", "ecrpolicy", "serve", "--data", str(directory / "data")]
    command += ["--listen", f"127.0.0.1:{port}", "--account", ACCOUNT, "--region", REGION]
    command += ["--no-throttle"]
    with _running(command, port, directory) as process:
        key = _root_key(identities)
        ecr = _client(port, *key)
        token = ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]
        headers = {"Authorization": f"Basic {token}"}
        yield Service("ecrpolicy", port, headers, process=process, key=key, ecr=ecr)


@contextmanager
def docker_registry(directory: Path, *, authenticated: bool) -> Iterator[Server]:
    """Debian's `docker-registry`, on an empty directory."""
    port = _free_port()
    configuration: dict[str, object] = {
        "version": 0.1,
        "log": {"level": "error", "accesslog": {"disabled": True}},
        "storage": {
            "cache": {"blobdescriptor": "inmemory"},
            "filesystem": {"rootdirectory": str(directory / "registry")},
        },
        "http": {"addr": f"127.0.0.1:{port}"},
    }
    headers = {}
    if authenticated:
        password = secrets.token_urlsafe(24)
        hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=5)).decode()
        users = directory / "users"
        users.write_text(f"somebody:{hashed}\n")
        configuration["auth"] = {"htpasswd": {"realm": "benchmark", "path": str(users)}}
        told = b64encode(f"somebody:{password}".encode()).decode()
        headers = {"Authorization": f"Basic {told}"}
    file = directory / "config.yml"
    file.write_text(json.dumps(configuration))  # JSON is YAML
    name = "docker-registry" + (", basic authentication" if authenticated else "")
    with _running([_path("docker-registry"), "serve", str(file)], port, directory):
        yield Server(name, port, headers)


@contextmanager
def moto(directory: Path) -> Iterator[Service]:
    """The server of moto."""
    port = _free_port()
    command = [sys.executable, "-m", "moto.server", "--port", str(port)]
    with _running(command, port, directory) as process:
        key = ("testing", "testing")
        yield Service("moto", port, process=process, key=key, ecr=_client(port, *key))


@contextmanager
def _running(command: list[str], port: int, directory: Path) -> Iterator[int]:
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=directory)
    try:
        _wait(process, port, directory / "log")
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Until the server answers."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/v2/")
            connection.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"a server does not answer: {log.read_text(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _path(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise RuntimeError(f"`{program}` is not installed; on Debian, `apt-get install {program}`")
    return found


def _client(port: int, key: str, secret: str) -> "ECRClient":
    return boto3.client(
        "ecr",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name=REGION,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
    )


def _root_key(identities: Path) -> tuple[str, str]:
    """The access key that the service made when it was started first."""
    document = json.loads(identities.read_text())
    for one in _keys(document):
        return one
    raise RuntimeError(f"`{identities}` has no access key")


def _keys(document: object) -> Iterator[tuple[str, str]]:
    if isinstance(document, dict):
        if "SecretAccessKey" in document:
            yield document["AccessKeyId"], document["SecretAccessKey"]
        for each in document.values():
            yield from _keys(each)
    elif isinstance(document, list):
        for each in document:
            yield from _keys(each)
