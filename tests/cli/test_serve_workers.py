"""`ecrpolicy serve` with several processes: one service to whoever asks, and one end."""

import base64
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.cli.served import Served, served
from tests.registry.content.service import manifest_of, sha256
from tests.registry.crash.clients import Client
from tests.registry.crash.promises import Image

PUSHES = 8
CREATIONS = 8


def image(number: int) -> Image:
    config, layer = f"configuration {number}".encode(), f"layer {number}".encode()
    return Image("v1", manifest_of(config, [layer]), (config, layer))


def pusher(service: Served, ecr: Any) -> Client:
    [told] = ecr.get_authorization_token()["authorizationData"]
    password = base64.b64decode(told["authorizationToken"]).decode().removeprefix("AWS:")
    return Client(service.port, password)


def at_once(number: int, task: Callable[[int], object]) -> list[object]:
    """What each says when all begin together."""
    barrier = Barrier(number)

    def begun(which: int) -> object:
        barrier.wait()
        return task(which)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(begun, range(number)))


def test_the_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    credentials = tmp_path / "registry-data" / "credentials"
    with served(tmp_path, "--workers", "2") as service:
        ecr = service.client(credentials)
        ecr.create_repository(repositoryName="web")
        client = pusher(service, ecr)
        assert client.push(image(1), 1)
        client.close()
        ecr.close()
        service.kill()
    address = "127.0.0.1", service.port
    socket.create_server(address).close()
    again = "--listen", f"127.0.0.1:{service.port}"
    with served(tmp_path, *again, "--workers", "2") as service:
        ecr = service.client(credentials)
        client = pusher(service, ecr)
        answer = client.ask("GET", "/v2/web/manifests/v1")
        assert answer[:2] == (200, image(1).manifest)
        client.close()
        ecr.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workers")


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Served]:
    with served(folder, "--workers", "2", "--no-throttle") as started:
        yield started


@pytest.fixture(scope="module")
def ecr(service: Served, folder: Path) -> Iterator[Any]:
    client = service.client(folder / "registry-data" / "credentials")
    yield client
    client.close()


def test_one_of_those_who_create_a_repository_has_created_it(service: Served, folder: Path) -> None:
    clients = [service.client(folder / "registry-data" / "credentials") for _ in range(CREATIONS)]

    def create(which: int) -> str:
        try:
            clients[which].create_repository(repositoryName="contended")
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "created"

    said = Counter(at_once(CREATIONS, create))
    assert said == {"created": 1, "RepositoryAlreadyExistsException": CREATIONS - 1}
    for each in clients:
        each.close()


@pytest.mark.parametrize("mutability", ["IMMUTABLE", "MUTABLE"])
def test_one_of_those_who_push_a_tag_has_it(service: Served, ecr: Any, mutability: str) -> None:
    ecr.create_repository(repositoryName="web", imageTagMutability=mutability)
    clients = [pusher(service, ecr) for _ in range(PUSHES)]
    pushed = at_once(PUSHES, lambda which: clients[which].push(image(which), 1))
    winners = [image(which).manifest for which in range(PUSHES) if pushed[which]]
    assert len(winners) == (1 if mutability == "IMMUTABLE" else PUSHES)
    status, manifest, _ = clients[0].ask("GET", "/v2/web/manifests/v1")
    assert status == 200
    assert manifest in winners
    found = {each["imageDigest"] for each in ecr.list_images(repositoryName="web")["imageIds"]}
    assert found == {sha256(each) for each in winners}
    for each in clients:
        each.close()
    ecr.delete_repository(repositoryName="web", force=True)
