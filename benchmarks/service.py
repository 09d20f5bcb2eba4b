"""The service beside Debian's `docker-registry` and the server of moto, on the same machine.

    python -m benchmarks.service [--quick]

One client with one connection, which is kept open; in every round each server does the same work
once, one after the other. A layer is pushed as docker does it, by a PATCH and a PUT, and has never
been seen before. Calls of the API are signed once, and sent again as they are.

Then what the service takes by itself: authorisation as a share of a request, the time for ten times
as many images, and, without `--quick`, the memory for a layer of 2 GB.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from benchmarks import servers, service_parts
from benchmarks.servers import Server, Service

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
REPOSITORY = "team/web"
LAYER_BYTES = 50_000_000
LARGE_BYTES = 2_000_000_000
REPOSITORIES = 100

SHARE = 0.1
"""What authorisation may take of the time of a request."""

PER_IMAGE = 1.5
"""What one of ten times as many images may take, as a multiple of what one of few takes."""

MEMORY = 100_000_000
"""How many bytes a large layer may take of the memory of the service."""

Work = Callable[[], object]


class Goal(NamedTuple):
    """What a work may take, as a multiple of what another server takes for it."""

    work: str
    peer: str
    most: float


GOALS = (
    Goal("manifest by tag", "docker-registry, basic authentication", 1.0),
    Goal("manifest by tag", "docker-registry", 2.0),
    Goal("push of 50 MB", "docker-registry", 1.5),
    Goal("pull of 50 MB", "docker-registry", 1.5),
    Goal("DescribeRepositories", "moto", 0.2),
)


def main() -> int:
    """Measure and print; a figure over its goal is marked, and decides nothing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="few rounds")
    is_quick = parser.parse_args().quick
    rounds = 3 if is_quick else 11
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {rounds} rounds")
    with tempfile.TemporaryDirectory() as kept, ExitStack() as stack:
        ours, registries, moto = _started(stack, Path(kept))
        everybody = (ours, *registries)
        _prepare(ours, registries, moto)
        manifests = {each.name: _manifest_reader(stack, each) for each in everybody}
        _report("manifest by tag", _times(manifests, rounds * 10, repeat=50))
        pushers = {each.name: _pusher(each) for each in everybody}
        _report("push of 50 MB", _times(pushers, rounds))
        pullers = {each.name: _puller(stack, each) for each in everybody}
        _report("pull of 50 MB", _times(pullers, rounds))
        describers = {each.name: _describer(stack, each) for each in (ours, moto)}
        _report("DescribeRepositories", _times(describers, rounds * 3, repeat=10))
        _report_authorisation(ours, Path(kept) / "ours" / "data", rounds)
        _report_images(ours, Path(kept) / "ours" / "data", 2_000 if is_quick else 10_000)
        if not is_quick:
            _report_memory(ours)
    return 0


def _started(stack: ExitStack, kept: Path) -> tuple[Service, tuple[Server, Server], Service]:
    def at(name: str) -> Path:
        (kept / name).mkdir()
        return kept / name

    ours = stack.enter_context(servers.service(at("ours")))
    with_authentication = servers.docker_registry(at("basic"), authenticated=True)
    without = servers.docker_registry(at("open"), authenticated=False)
    registries = (stack.enter_context(with_authentication), stack.enter_context(without))
    return ours, registries, stack.enter_context(servers.moto(at("moto")))


def _prepare(ours: Service, registries: tuple[Server, ...], moto: Service) -> None:
    """The same image everywhere, and the same repositories."""
    for ecr in (ours.ecr, moto.ecr):
        for number in range(REPOSITORIES):
            ecr.create_repository(repositoryName=f"team/app-{number:03}")
    ours.ecr.create_repository(repositoryName=REPOSITORY)
    configuration, layer = b"{}", os.urandom(LAYER_BYTES)
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": _descriptor("application/vnd.oci.image.config.v1+json", configuration),
        "layers": [_descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer)],
    }
    for each in (ours, *registries):
        with _open(each) as connection:
            for content in (configuration, layer):
                _push(connection, each, content, _digest(content))
            headers = {**each.headers, "Content-Type": MANIFEST}
            body = json.dumps(manifest).encode()
            _call(connection, "PUT", f"/v2/{REPOSITORY}/manifests/v1", headers, body, expected=201)


def _descriptor(media_type: str, content: bytes) -> dict[str, object]:
    return {"mediaType": media_type, "digest": _digest(content), "size": len(content)}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _manifest_reader(stack: ExitStack, server: Server) -> Callable[[], Work]:
    connection = stack.enter_context(_open(server))
    headers = {**server.headers, "Accept": MANIFEST}
    path = f"/v2/{REPOSITORY}/manifests/v1"
    return lambda: lambda: _call(connection, "GET", path, headers)


def _pusher(server: Server) -> Callable[[], Work]:
    def prepare() -> Work:
        content = os.urandom(LAYER_BYTES)
        digest = _digest(content)

        def push() -> None:
            with _open(server) as connection:
                _push(connection, server, content, digest)

        return push

    return prepare


def _push(connection: HTTPConnection, server: Server, content: bytes, digest: str) -> None:
    start = f"/v2/{REPOSITORY}/blobs/uploads/"
    answer, _ = _call(connection, "POST", start, server.headers, expected=202)
    headers = {**server.headers, "Content-Type": "application/octet-stream"}
    place = _path_of(answer["location"])
    answer, _ = _call(connection, "PATCH", place, headers, content, expected=202)
    place = _path_of(answer["location"])
    place += ("&" if "?" in place else "?") + f"digest={digest}"
    _call(connection, "PUT", place, server.headers, expected=201)


def _path_of(location: str) -> str:
    told = urlsplit(location)
    return told.path + (f"?{told.query}" if told.query else "")


def _puller(stack: ExitStack, server: Server) -> Callable[[], Work]:
    connection = stack.enter_context(_open(server))
    path = f"/v2/{REPOSITORY}/manifests/v1"
    _, body = _call(connection, "GET", path, {**server.headers, "Accept": MANIFEST})
    blob = f"/v2/{REPOSITORY}/blobs/{json.loads(body)['layers'][0]['digest']}"

    def pull() -> None:
        connection.request("GET", blob, headers=dict(server.headers))
        response = connection.getresponse()
        got = 0
        while chunk := response.read(1 << 20):
            got += len(chunk)
        if (response.status, got) != (200, LAYER_BYTES):
            raise RuntimeError(f"{server.name}: {response.status}, {got} bytes")

    return lambda: pull


def _describer(stack: ExitStack, server: Service) -> Callable[[], Work]:
    connection = stack.enter_context(_open(server))
    headers, body = _signed(server)

    def describe() -> None:
        _, answer = _call(connection, "POST", "/", headers, body)
        if len(json.loads(answer)["repositories"]) < REPOSITORIES:
            raise RuntimeError(f"{server.name} does not list all repositories")

    return lambda: describe


def _signed(server: Service) -> tuple[dict[str, str], bytes]:
    """The headers and the body of a call of DescribeRepositories."""
    body = b'{"maxResults": 1000}'
    told = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories",
    }
    request = AWSRequest("POST", f"http://127.0.0.1:{server.port}/", headers=told, data=body)
    SigV4Auth(Credentials(*server.key), "ecr", servers.REGION).add_auth(request)
    return dict(request.headers.items()), body


@contextmanager
def _open(server: Server) -> Iterator[HTTPConnection]:
    connection = server.connect()
    try:
        yield connection
    finally:
        connection.close()


def _call(
    connection: HTTPConnection,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
    *,
    expected: int = 200,
) -> tuple[dict[str, str], bytes]:
    """The headers, by their names in lower case, and the body of an answer."""
    connection.request(method, path, body, dict(headers))
    response = connection.getresponse()
    content = response.read()
    if response.status != expected:
        raise RuntimeError(f"{method} {path}: {response.status} {content[:300]!r}")
    return {name.lower(): value for name, value in response.getheaders()}, content


def _times(
    preparing: Mapping[str, Callable[[], Work]], rounds: int, *, repeat: int = 1
) -> dict[str, float]:
    """The median time of each server for the work done once, in seconds."""
    taken: dict[str, list[float]] = {name: [] for name in preparing}
    for _ in range(rounds):
        for name, prepare in preparing.items():
            work = prepare()
            start = time.perf_counter()
            for _ in range(repeat):
                work()
            taken[name].append((time.perf_counter() - start) / repeat)
    return {name: median(times) for name, times in taken.items()}


def _report(work: str, times: Mapping[str, float]) -> None:
    ours = times["ecrpolicy"]
    print(f"\n{work}: {ours * 1000:.2f} ms")
    for name, seconds in times.items():
        if name != "ecrpolicy":
            goal = next((each for each in GOALS if each[:2] == (work, name)), None)
            told = _goal(goal, ours / seconds)
            print(f"  {ours / seconds:6.2f} x {name} ({seconds * 1000:.2f} ms){told}")


def _goal(goal: Goal | None, ratio: float) -> str:
    if goal is None:
        return ""
    return f"  at most {goal.most:g} x{_over(ratio > goal.most)}"


def _report_authorisation(ours: Service, data: Path, rounds: int) -> None:
    with ExitStack() as stack:
        authorised = stack.enter_context(service_parts.authoriser(ours, data, REPOSITORY))
        works = {"request": _manifest_reader(stack, ours), "authorisation": lambda: authorised}
        times = _times(works, rounds * 10, repeat=50)
    share = times["authorisation"] / times["request"]
    took = f"{times['authorisation'] * 1000:.3f} ms of {times['request'] * 1000:.2f} ms"
    print(f"\nauthorisation of a manifest by tag: {took}")
    print(f"  {share:6.2f} x the request  at most {SHARE:g} x{_over(share > SHARE)}")


def _report_images(ours: Service, data: Path, few: int) -> None:
    for number in (few, 10 * few):
        ours.ecr.create_repository(repositoryName=f"images/{number}")
        service_parts.fill(data, f"images/{number}", number)
    works: dict[str, Callable[[Service, str], None]] = {
        "DescribeImages, all pages": service_parts.describe,
        "lifecycle preview": service_parts.preview,
    }
    for work, ask in works.items():
        one, ten = (_seconds(ask, ours, f"images/{number}") for number in (few, 10 * few))
        print(f"\n{work}: {one:.2f} s for {few:,} images, {ten:.2f} s for {10 * few:,}")
        ratio = ten / one / 10
        print(f"  {ratio:6.2f} x per image  at most {PER_IMAGE:g} x{_over(ratio > PER_IMAGE)}")


def _seconds(ask: Callable[[Service, str], None], ours: Service, repository: str) -> float:
    start = time.perf_counter()
    ask(ours, repository)
    return time.perf_counter() - start


def _report_memory(ours: Service) -> None:
    grown = service_parts.growth(ours, REPOSITORY, LARGE_BYTES)
    print(f"\nmemory for a layer of {LARGE_BYTES / 1e9:g} GB")
    for work, size in zip(("push", "pull"), grown, strict=True):
        over = _over(size > MEMORY)
        print(f"  {work}: {size / 1e6:.0f} MB more  at most {MEMORY / 1e6:g} MB{over}")


def _over(is_over: bool) -> str:
    return "  OVER" if is_over else ""


if __name__ == "__main__":
    sys.exit(main())
