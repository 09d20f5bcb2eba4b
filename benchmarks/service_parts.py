"""What the service takes by itself: to authorise, to tell of many images, to hold a large layer."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import insert

from benchmarks.servers import ACCOUNT, REGION, Service
from ecrpolicy.registry.auth import authorise
from ecrpolicy.registry.auth.context import request_context
from ecrpolicy.registry.metadata import repositories
from ecrpolicy.registry.metadata.database import Database
from ecrpolicy.registry.metadata.tables import images, tags
from ecrpolicy.registry.opening import open_service
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.settings import Settings

HERE: Final = Place(ACCOUNT, REGION)

_BLOCK: Final = 1 << 20
_NOISE: Final = os.urandom(_BLOCK)
_START: Final = datetime(2026, 1, 31, tzinfo=UTC)
_POLICY: Final = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "selection": {
                    "tagStatus": "tagged",
                    "tagPatternList": ["v*"],
                    "countType": "imageCountMoreThan",
                    "countNumber": 100,
                },
                "action": {"type": "expire"},
            }
        ]
    }
)


class Growth(NamedTuple):
    """What a layer took of the memory of a server's process, in bytes, at most."""

    pushed: int
    pulled: int


@contextmanager
def authoriser(ours: Service, data: Path, repository: str) -> Iterator[Callable[[], None]]:
    """What is asked before a pull is answered, done here: the context, and the decision."""
    service = open_service(Settings(data, data / "identities.json", ACCOUNT, REGION))
    key = service.authority.key(ours.key[0])
    if key is None:
        raise RuntimeError("the service does not know its root access key")
    caller, now = key.caller, service.clock()
    headers = {"user-agent": "benchmark"}

    def authorised() -> None:
        context = request_context(
            source="127.0.0.1", is_secure=False, headers=headers, region=REGION, now=now
        )
        names = (repository,)
        authorise.check(service, connection, caller, HERE, "ecr:BatchGetImage", names, context)

    try:
        with service.database.reading() as connection:
            yield authorised
    finally:
        service.database.close()


def fill(data: Path, name: str, number: int) -> None:
    """Put images into a repository, nine of ten with a tag, as if they had been pushed."""
    database = Database(data / "registry.sqlite")
    with database.writing() as connection:
        repository = repositories.require(connection, HERE, name)
        first = repository.id * 1_000_000
        rows = [_row(repository.id, first + each, each) for each in range(number)]
        connection.execute(insert(images), rows)
        named = [
            {"repository_id": repository.id, "tag": f"v{each}", "image_id": first + each}
            for each in range(number)
            if each % 10
        ]
        connection.execute(insert(tags), named)
    database.close()


def _row(repository_id: int, image_id: int, number: int) -> dict[str, Any]:
    return {
        "id": image_id,
        "repository_id": repository_id,
        "digest": f"sha256:{hashlib.sha256(str(number).encode()).hexdigest()}",
        "manifest": b"{}",
        "media_type": "application/vnd.oci.image.manifest.v1+json",
        "size_bytes": 1_000,
        "pushed_at": _START + timedelta(minutes=number),
        "status": "ACTIVE",
    }


def describe(ours: Service, name: str) -> None:
    """Have all images of a repository described, page by page."""
    pages = ours.ecr.get_paginator("describe_images").paginate(
        repositoryName=name, PaginationConfig={"PageSize": 1_000}
    )
    if not sum(len(page["imageDetails"]) for page in pages):
        raise RuntimeError(f"`{name}` has no images")


def preview(ours: Service, name: str) -> None:
    """Have a policy previewed, until it is known how many images it expires."""
    ours.ecr.start_lifecycle_policy_preview(repositoryName=name, lifecyclePolicyText=_POLICY)
    ours.ecr.get_waiter("lifecycle_policy_preview_complete").wait(
        repositoryName=name, WaiterConfig={"Delay": 1}
    )
    answer = ours.ecr.get_lifecycle_policy_preview(repositoryName=name, maxResults=1)
    if not answer["summary"]["expiringImageTotalCount"]:
        raise RuntimeError(f"the policy expires nothing in `{name}`")


def growth(ours: Service, repository: str, size: int) -> Growth:
    """Push a layer of so many bytes, and pull it, neither of which is held here."""
    digest = hashlib.sha256()
    for block in _blocks(size):
        digest.update(block)
    name = f"sha256:{digest.hexdigest()}"
    pushed = _grown(ours.process, lambda: _push(ours, repository, size, name))
    return Growth(pushed, _grown(ours.process, lambda: _pull(ours, repository, size, name)))


def _blocks(size: int) -> Iterator[bytes]:
    """Content that is nowhere twice the same."""
    for start in range(0, size, _BLOCK):
        length = min(_BLOCK, size - start)
        yield (start.to_bytes(8, "big") + _NOISE)[:length]


def _push(ours: Service, repository: str, size: int, digest: str) -> None:
    connection = ours.connect()
    headers = dict(ours.headers)
    place = _asked(connection, "POST", f"/v2/{repository}/blobs/uploads/", headers, 202)
    told = {**headers, "Content-Type": "application/octet-stream", "Content-Length": str(size)}
    place = _asked(connection, "PATCH", place, told, 202, _blocks(size))
    _asked(connection, "PUT", f"{place}?digest={digest}", headers, 201)
    connection.close()


def _asked(
    connection: HTTPConnection,
    method: str,
    path: str,
    headers: dict[str, str],
    expected: int,
    body: Iterator[bytes] | None = None,
) -> str:
    """The `Location` of an answer."""
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    content = response.read()
    if response.status != expected:
        raise RuntimeError(f"{method} {path}: {response.status} {content[:300]!r}")
    return urlsplit(response.headers["location"]).path


def _pull(ours: Service, repository: str, size: int, digest: str) -> None:
    connection = ours.connect()
    path = f"/v2/{repository}/blobs/{digest}"
    connection.request("GET", path, headers=dict(ours.headers))
    response = connection.getresponse()
    got = hashlib.sha256()
    while chunk := response.read(_BLOCK):
        got.update(chunk)
    if f"sha256:{got.hexdigest()}" != digest:
        raise RuntimeError(f"{path} of {size} bytes has come with others")
    connection.close()


def _grown(process: int, work: Callable[[], None]) -> int:
    """How much more memory a process has at most, while something is done, than it had before."""
    status = Path(f"/proc/{process}/status")
    # Linux, proc(5), "/proc/pid/clear_refs": the peak is what the process has now.
    Path(f"/proc/{process}/clear_refs").write_text("5")
    before = _kibibytes(status, "VmRSS")
    work()
    return (_kibibytes(status, "VmHWM") - before) * 1024


def _kibibytes(status: Path, name: str) -> int:
    lines = (line.partition(":") for line in status.read_text().splitlines())
    return next(int(told.split()[0]) for key, _, told in lines if key == name)
