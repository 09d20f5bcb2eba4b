"""What happens when several do something at the same time: one clear outcome each.

Threads share a service; processes share its directory, and nothing else.
"""

import multiprocessing
import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import delete, select

from ecrpolicy.registry.content import deleting, images, layers, uploads
from ecrpolicy.registry.content.creation import PushTarget
from ecrpolicy.registry.content.layers import GRACE
from ecrpolicy.registry.content.pushing import Pushed
from ecrpolicy.registry.content.sweep import sweep
from ecrpolicy.registry.metadata import repositories
from ecrpolicy.registry.metadata.registries import CREATION_TEMPLATES
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import blobs
from ecrpolicy.registry.metadata.tables import repositories as table
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from tests.registry.content.service import (
    HERE,
    NOW,
    index_of,
    make_repository,
    manifest_of,
    open_content,
    push,
    push_image,
    push_layer,
    sha256,
)

THREADS = 6
PROCESSES = 3
LATER = NOW + GRACE + timedelta(seconds=1)


def outcome(task: Callable[[], object]) -> object:
    """What a task says, or the code that it is refused with."""
    try:
        return task()
    except Refusal as refusal:
        return refusal.code


def at_once(*tasks: Callable[[], object]) -> list[object]:
    """What each says, or is refused with, when all begin together."""
    barrier = Barrier(len(tasks))

    def begun(task: Callable[[], object]) -> object:
        barrier.wait()
        return outcome(task)

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(begun, tasks))


def whole(service: Service) -> None:
    """Each blob is whole and each image complete, and nothing else is on the disk."""
    with service.database.reading() as connection:
        rows = connection.execute(select(blobs.c.digest, blobs.c.file)).all()
    for digest, file in rows:
        assert sha256(b"".join(service.blobs.read(file))) == digest
    assert {file for _, file in rows} == set(os.listdir(service.settings.blobs / "sha256"))


def complete(service: Service, repository: StoredRepository, manifests: Sequence[bytes]) -> None:
    """The repository has these images, with all their layers, and no others."""
    with service.database.reading() as connection:
        stored = images.all_images(connection, repository)
        for image in stored:
            manifest = images.manifest_of(connection, image)
            assert sha256(manifest) == image.digest
        shown = images.snapshot_of(connection, repository, stored, with_layers=True)
        for each in shown:
            assert each.size_bytes == sum(layer.size_bytes for layer in each.layers)
            for layer in each.layers:
                assert layers.find(connection, repository, layer.digest) is not None
    assert {each.digest for each in stored} == {sha256(each) for each in manifests}


def image_of(text: str) -> bytes:
    return manifest_of(f"config of {text}".encode(), [f"layer of {text}".encode()])


@pytest.mark.parametrize(("mutability", "winners"), [("MUTABLE", THREADS), ("IMMUTABLE", 1)])
def test_several_push_one_tag(service: Service, mutability: str, winners: int) -> None:
    web = make_repository(service, mutability=mutability)
    texts = [f"image {number}" for number in range(THREADS)]

    def pusher(text: str) -> Callable[[], object]:
        return lambda: push(service, text, "v1").image.digest

    told = at_once(*(pusher(text) for text in texts))
    pushed = [digest for digest in told if digest != "ImageTagAlreadyExistsException"]
    assert len(pushed) == winners
    assert set(pushed) <= {sha256(image_of(text)) for text in texts}
    with service.database.reading() as connection:
        assert images.one(connection, web, tag="v1").digest in pushed
        tags = [each.tags for each in images.all_images(connection, web)]
    assert sorted(tags) == [()] * (winners - 1) + [("v1",)]


def test_several_push_one_image(service: Service, web: StoredRepository) -> None:
    told = at_once(*[lambda: push(service, "one", "v1").is_new] * THREADS)
    assert Counter(told) == {True: 1, "ImageAlreadyExistsException": THREADS - 1}
    complete(service, web, [image_of("one")])
    sweep(service, NOW)
    whole(service)


def test_a_push_creates_a_repository_once(service: Service) -> None:
    with service.database.writing() as connection:
        template = {"prefix": "ROOT", "appliedFor": ["CREATE_ON_PUSH"]}
        CREATION_TEMPLATES.store(connection, HERE, "ROOT", template)

    def make() -> int:
        with service.database.writing() as connection:
            return PushTarget(NOW)(connection, HERE, "web").id

    made = at_once(*[make] * THREADS)
    assert made == [made[0]] * THREADS


def test_one_upload_is_finished_once(service: Service, web: StoredRepository) -> None:
    upload = uploads.start(service, HERE, "web", NOW)
    uploads.append(service, HERE, "web", upload.id, 0, [b"one"], NOW)

    def finish() -> object:
        return uploads.finish(service, HERE, "web", upload.id, sha256(b"one"), NOW).is_new

    told = Counter(at_once(*[finish] * THREADS))
    assert told.pop(True) == 1
    assert set(told) <= {"UploadNotFoundException", "InvalidLayerPartException"}
    whole(service)


def test_an_index_is_pushed_while_its_member_is_deleted(
    service: Service, web: StoredRepository
) -> None:
    def put(index: bytes) -> object:
        return push_image(service, index).is_new

    def remove(digest: str) -> object:
        ids = [{"imageDigest": digest}]
        return [each["failureCode"] for each in deleting.delete(service, HERE, "web", ids, NOW)[1]]

    for number in range(8):
        digest = push(service, f"{number}").image.digest
        index = index_of(image_of(f"{number}"))
        told = at_once(partial(put, index), partial(remove, digest))
        assert told in (
            [True, ["ImageReferencedByManifestList"]],
            ["ReferencedImagesNotFoundException", []],
        )


def test_who_pulls_what_is_deleted_gets_all_or_nothing(
    service: Service, web: StoredRepository
) -> None:
    content = random.Random(1).randbytes(3_000_000)
    push_layer(service, content)

    def pull() -> object:
        with service.database.reading() as connection:
            blob = layers.find(connection, web, sha256(content))
        try:
            return b"".join(service.blobs.read(blob.file)) == content if blob else "gone"
        except FileNotFoundError:
            return "gone"

    told = at_once(*[pull] * THREADS, lambda: sweep(service, LATER).blobs)
    assert told.pop() == 1
    assert set(told) <= {True, "gone"}


def test_a_repository_is_deleted_while_it_is_pushed_to(
    service: Service, web: StoredRepository
) -> None:
    def remove() -> None:
        with service.database.writing() as connection:
            connection.execute(delete(table).where(table.c.name == "web"))

    def pusher(text: str) -> Callable[[], object]:
        return lambda: [push(service, f"{text}-{number}") for number in range(5)] and "pushed"

    told = at_once(*(pusher(str(number)) for number in range(THREADS)), remove)
    assert set(told[:-1]) <= {"pushed", "RepositoryNotFoundException", "UploadNotFoundException"}
    with service.database.reading() as connection:
        assert repositories.find(connection, HERE, "web") is None
    sweep(service, NOW)
    whole(service)
    assert os.listdir(service.settings.uploads) == []


# Processes


def swept_and_pushed(data: str, seed: int) -> list[str]:
    """Push, delete and sweep on a directory; which tags are there in the end.

    What no image has is swept at once, uploads as well, and images share their layers: a push may
    be refused for what has gone, and is then begun again.
    """
    service = open_content(Path(data))
    chance = random.Random(seed)
    mine: list[str] = []
    for number in range(8):
        text = f"{seed}-{number}"
        mine.append(text)
        layer = f"layer {chance.randrange(3)}".encode() * 1_000
        while (told := outcome(partial(pushed, service, text, layer))) != text:
            assert told in ("LayersNotFoundException", "UploadNotFoundException")
        if chance.random() < 0.5:
            gone = mine.pop(chance.randrange(len(mine)))
            assert deleting.delete(service, HERE, "web", [{"imageTag": gone}], NOW)[1] == []
        sweep(service, LATER)
    service.database.close()
    return mine


def pushed(service: Service, text: str, layer: bytes) -> str:
    config = f"config of {text}".encode()
    for each in (config, layer):
        push_layer(service, each)
    push_image(service, manifest_of(config, [layer]), text)
    return text


def together(task: Callable[..., Any], *arguments: Sequence[object]) -> list[Any]:
    """What a task says in several processes."""
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        begun: list[Future[Any]] = [pool.submit(task, *each) for each in arguments]
        return [each.result() for each in begun]


def test_processes_push_delete_and_sweep(
    service: Service, web: StoredRepository, data: Path
) -> None:
    told = together(swept_and_pushed, *((str(data), seed) for seed in range(PROCESSES)))
    expected = {text for mine in told for text in mine}
    with service.database.reading() as connection:
        stored = images.all_images(connection, web)
        assert {tag for each in stored for tag in each.tags} == expected
        shown = images.snapshot_of(connection, web, stored, with_layers=True)
    for each in shown:
        assert len(each.layers) == 2
    sweep(service, LATER)
    whole(service)


def tagged(data: str, seed: int) -> list[object]:
    """Push under tags that may not move, as fast as it goes: what was said to each."""
    service = open_content(Path(data))
    told = [
        outcome(partial(push, service, f"{seed}-{number}", f"v{number}")) for number in range(8)
    ]
    service.database.close()
    return [each.image.digest if isinstance(each, Pushed) else each for each in told]


def test_processes_push_the_same_immutable_tags(service: Service, data: Path) -> None:
    web = make_repository(service, mutability="IMMUTABLE")
    told = together(tagged, *((str(data), seed) for seed in range(PROCESSES)))
    taken = [each for mine in told for each in mine if each != "ImageTagAlreadyExistsException"]
    with service.database.reading() as connection:
        stored = images.all_images(connection, web)
    assert {each.digest for each in stored} == set(taken)
    assert sorted(each.tags for each in stored) == [(f"v{number}",) for number in range(8)]
    assert len(taken) == 8
