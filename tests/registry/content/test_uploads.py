"""Uploads (Amazon ECR API Reference, "InitiateLayerUpload" to "CompleteLayerUpload")."""

import hashlib
import os
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from ecrpolicy import quotas
from ecrpolicy.quotas import Quota
from ecrpolicy.registry.content import layers, uploads
from ecrpolicy.registry.content.appending import Appender, path_of
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import uploads as table
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from tests import coroutines
from tests.registry.content.service import (
    HERE,
    NOW,
    make_repository,
    open_content,
    push_layer,
    sha256,
)

MIB = 1 << 20
NOBODYS = "00000000-0000-0000-0000-000000000000"


def begun(service: Service) -> str:
    return uploads.start(service, HERE, "web", NOW).id


def append(service: Service, upload_id: str, first: int | None, *chunks: bytes) -> int:
    return uploads.append(service, HERE, "web", upload_id, first, chunks, NOW).size_bytes


def part(service: Service, upload_id: str, first: int, content: bytes) -> int:
    return uploads.append(
        service, HERE, "web", upload_id, first, [content], NOW, is_part=True
    ).size_bytes


def finish(service: Service, upload_id: str, content: bytes) -> layers.Layer:
    return uploads.finish(service, HERE, "web", upload_id, sha256(content), NOW)


def stored(service: Service, repository: StoredRepository, digest: str) -> bytes:
    with service.database.reading() as connection:
        blob = layers.find(connection, repository, digest)
    assert blob is not None
    content = b"".join(service.blobs.read(blob.file))
    assert blob.size_bytes == len(content)
    return content


def files(directory: Path) -> list[str]:
    return sorted(os.listdir(directory))


def test_chunks_become_a_layer(service: Service, web: StoredRepository) -> None:
    upload_id = begun(service)
    assert append(service, upload_id, 0, b"one") == 3
    assert append(service, upload_id, 3, b"two", b"three") == 11
    assert uploads.status(service, HERE, "web", upload_id).size_bytes == 11
    layer = finish(service, upload_id, b"onetwothree")
    assert layer == layers.Layer(sha256(b"onetwothree"), 11)
    assert stored(service, web, layer.digest) == b"onetwothree"
    assert files(service.settings.uploads) == []


def test_an_upload_goes_on_in_another_process(
    service: Service, web: StoredRepository, data: Path
) -> None:
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")
    other = open_content(data)
    append(other, upload_id, 3, b"two")
    append(service, upload_id, 6, b"three")
    assert finish(other, upload_id, b"onetwothree").size_bytes == 11
    assert stored(service, web, sha256(b"onetwothree")) == b"onetwothree"
    other.database.close()


def test_the_event_loop_appends_as_well(service: Service, web: StoredRepository) -> None:
    content = os.urandom(3 * MIB + 17)

    async def sent() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 65_536):
            yield content[start : start + 65_536]

    upload_id = begun(service)
    upload = coroutines.run(uploads.append_stream(service, HERE, "web", upload_id, 0, sent(), NOW))
    assert upload.size_bytes == len(content)
    assert stored(service, web, finish(service, upload_id, content).digest) == content


@pytest.mark.parametrize("size", [0, 2 * MIB, 2 * MIB + 2, 4 * MIB])
def test_of_a_chunk_of_another_length_nothing_counts(
    service: Service, web: StoredRepository, size: int
) -> None:
    content = os.urandom(2 * MIB + 1)

    async def sent(chunk: bytes) -> AsyncIterator[bytes]:
        for start in range(0, len(chunk), 65_536):
            yield chunk[start : start + 65_536]

    def append(chunk: bytes) -> int:
        appended = uploads.append_stream(
            service, HERE, "web", upload_id, 3, sent(chunk), NOW, length=len(content)
        )
        return coroutines.run(appended).size_bytes

    upload_id = begun(service)
    uploads.append(service, HERE, "web", upload_id, 0, [b"one"], NOW)
    with pytest.raises(Refusal, match="InvalidLayerPartException") as raised:
        append(os.urandom(size))
    assert raised.value.fields["lastValidByteReceived"] == 2
    assert uploads.status(service, HERE, "web", upload_id).size_bytes == 3
    assert path_of(service, upload_id).stat().st_size == 3
    assert append(content) == 3 + len(content)
    whole = b"one" + content
    assert stored(service, web, finish(service, upload_id, whole).digest) == whole


def test_a_large_layer_takes_little_memory(service: Service, web: StoredRepository) -> None:
    chunk = os.urandom(65_536)
    chunks = 32 * MIB // len(chunk)

    async def sent() -> AsyncIterator[bytes]:
        for number in range(chunks):
            yield number.to_bytes(8, "big") + chunk[8:]

    async def pushed_and_pulled() -> None:
        upload_id = begun(service)
        await uploads.append_stream(service, HERE, "web", upload_id, 0, sent(), NOW)
        digest = hashlib.sha256()
        async for each in sent():
            digest.update(each)
        name = f"sha256:{digest.hexdigest()}"
        uploads.finish(service, HERE, "web", upload_id, name, NOW)
        with service.database.reading() as connection:
            blob = layers.find(connection, web, name)
        assert blob is not None
        pulled = hashlib.sha256()
        async for piece in service.blobs.stream(blob.file):
            pulled.update(piece)
        assert pulled.digest() == digest.digest()

    tracemalloc.start()
    try:
        coroutines.run(pushed_and_pulled())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * MIB


def test_what_came_before_the_client_went_counts(service: Service, web: StoredRepository) -> None:
    async def sent() -> AsyncIterator[bytes]:
        yield b"a" * 2 * MIB
        yield b"b"
        raise ConnectionError

    upload_id = begun(service)
    with pytest.raises(ConnectionError):
        coroutines.run(uploads.append_stream(service, HERE, "web", upload_id, 0, sent(), NOW))
    came = uploads.status(service, HERE, "web", upload_id).size_bytes
    assert came == 2 * MIB + 1
    append(service, upload_id, came, b"c")
    finish(service, upload_id, b"a" * 2 * MIB + b"bc")


def test_bytes_of_a_process_that_died_do_not_count(service: Service, web: StoredRepository) -> None:
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")
    with path_of(service, upload_id).open("ab") as file:
        file.write(b"half a chu")
    assert append(service, upload_id, 3, b"two") == 6
    assert stored(service, web, finish(service, upload_id, b"onetwo").digest) == b"onetwo"


def test_an_upload_that_the_disk_has_lost_is_not_there(
    service: Service, web: StoredRepository
) -> None:
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")
    path_of(service, upload_id).write_bytes(b"o")
    with pytest.raises(Refusal, match="UploadNotFoundException"):
        append(service, upload_id, 3, b"two")
    with pytest.raises(Refusal, match="UploadNotFoundException"):
        finish(service, upload_id, b"one")


def test_parts_must_follow_on(service: Service, web: StoredRepository) -> None:
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")
    with pytest.raises(Refusal) as caught:
        append(service, upload_id, 5, b"two")
    assert caught.value.code == "InvalidLayerPartException"
    assert caught.value.fields == {
        "registryId": "111122223333",
        "repositoryName": "web",
        "uploadId": upload_id,
        "lastValidByteReceived": 2,
    }
    assert append(service, upload_id, 3, b"two") == 6


def test_two_do_not_append_at_the_same_time(service: Service, web: StoredRepository) -> None:
    upload_id = begun(service)
    with Appender(service, HERE, "web", upload_id, 0, NOW) as first:
        first.write(b"one")
        with pytest.raises(Refusal, match="InvalidLayerPartException"):
            append(service, upload_id, 0, b"two")
        with pytest.raises(Refusal, match="InvalidLayerPartException"):
            finish(service, upload_id, b"one")
    finish(service, upload_id, b"one")


def test_another_digest_is_refused_and_the_upload_stays(
    service: Service, web: StoredRepository
) -> None:
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")
    with pytest.raises(Refusal) as caught:
        finish(service, upload_id, b"two")
    assert caught.value.code == "InvalidLayerException"
    assert sha256(b"one") in caught.value.message
    assert files(service.settings.blobs / "sha256") == []
    assert finish(service, upload_id, b"one").is_new


@pytest.mark.parametrize("digest", ["", "sha256:x", "sha512:" + "0" * 128, "sha256:../../secret"])
def test_what_is_no_digest_is_refused(service: Service, web: StoredRepository, digest: str) -> None:
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")
    with pytest.raises(Refusal, match="InvalidParameterException"):
        uploads.finish(service, HERE, "web", upload_id, digest, NOW)


def test_an_upload_without_content_is_refused(service: Service, web: StoredRepository) -> None:
    upload_id = begun(service)
    with pytest.raises(Refusal) as caught:
        finish(service, upload_id, b"")
    assert caught.value.code == "EmptyUploadException"
    assert caught.value.message == (
        f"The upload with id '{upload_id}' in the repository with name 'web' in registry with id "
        "'111122223333' cannot be completed because it does not have any parts"
    )


def test_a_layer_that_is_there_already_is_told(service: Service, web: StoredRepository) -> None:
    push_layer(service, b"one")
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")
    with pytest.raises(Refusal, match="LayerAlreadyExistsException"):
        finish(service, upload_id, b"one")
    assert not push_layer(service, b"one").is_new
    assert len(files(service.settings.blobs / "sha256")) == 1
    assert files(service.settings.uploads) == []


def test_one_blob_serves_two_repositories(service: Service, web: StoredRepository) -> None:
    api = make_repository(service, "api")
    assert push_layer(service, b"one").is_new
    assert push_layer(service, b"one", "api").is_new
    assert len(files(service.settings.blobs / "sha256")) == 1
    assert stored(service, api, sha256(b"one")) == b"one"


@pytest.mark.parametrize("upload_id", [NOBODYS, "../../identities.json", "", "A" * 5_000])
def test_uploads_that_nobody_began_are_not_found(
    service: Service, web: StoredRepository, upload_id: str
) -> None:
    for ask in (
        lambda: uploads.status(service, HERE, "web", upload_id),
        lambda: append(service, upload_id, 0, b"one"),
        lambda: finish(service, upload_id, b"one"),
        lambda: uploads.cancel(service, HERE, "web", upload_id),
    ):
        with pytest.raises(Refusal, match="UploadNotFoundException"):
            ask()
    assert files(service.settings.uploads) == []


def test_an_upload_is_of_one_repository(service: Service, web: StoredRepository) -> None:
    make_repository(service, "api")
    upload_id = begun(service)
    with pytest.raises(Refusal, match="UploadNotFoundException"):
        uploads.status(service, HERE, "api", upload_id)
    with pytest.raises(Refusal, match="RepositoryNotFoundException"):
        uploads.status(service, HERE, "nowhere", upload_id)
    with pytest.raises(Refusal, match="RepositoryNotFoundException"):
        uploads.start(service, HERE, "nowhere", NOW)


def test_a_cancelled_upload_is_gone(service: Service, web: StoredRepository) -> None:
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")
    uploads.cancel(service, HERE, "web", upload_id)
    assert files(service.settings.uploads) == []
    with pytest.raises(Refusal, match="UploadNotFoundException"):
        finish(service, upload_id, b"one")


def test_who_appends_to_an_upload_that_is_cancelled_leaves_nothing(
    service: Service, web: StoredRepository
) -> None:
    upload_id = begun(service)
    appender = Appender(service, HERE, "web", upload_id, 0, NOW)
    appender.open()
    appender.write(b"one")
    uploads.cancel(service, HERE, "web", upload_id)
    with pytest.raises(Refusal, match="UploadNotFoundException"):
        appender.close()
    assert files(service.settings.uploads) == []


@pytest.mark.parametrize("comes_first", [True, False])
def test_an_upload_that_is_cancelled_while_it_is_finished_is_no_layer(
    service: Service, web: StoredRepository, monkeypatch: pytest.MonkeyPatch, comes_first: bool
) -> None:
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")
    adopt = service.blobs.adopt

    def adopted(staged: Path, file: str) -> None:
        if not comes_first:
            adopt(staged, file)
        uploads.cancel(service, HERE, "web", upload_id)
        if comes_first:
            adopt(staged, file)

    monkeypatch.setattr(service.blobs, "adopt", adopted)
    with pytest.raises(Refusal, match="UploadNotFoundException"):
        finish(service, upload_id, b"one")
    assert files(service.settings.blobs / "sha256") == files(service.settings.uploads) == []


def test_parts_but_the_last_have_five_megabytes(service: Service, web: StoredRepository) -> None:
    large, small = b"a" * (5 * MIB), b"b" * (5 * MIB - 1)
    upload_id = begun(service)
    part(service, upload_id, 0, large)
    part(service, upload_id, len(large), small)
    finish(service, upload_id, large + small)

    upload_id = begun(service)
    part(service, upload_id, 0, small)
    part(service, upload_id, len(small), large)
    with pytest.raises(Refusal) as caught:
        finish(service, upload_id, small + large)
    assert caught.value.code == "LayerPartTooSmallException"
    assert caught.value.message == "All layer parts except the last part should be at least 5MB"


def test_parts_have_ten_megabytes_at_most(service: Service, web: StoredRepository) -> None:
    upload_id = begun(service)
    assert part(service, upload_id, 0, b"a" * (10 * MIB)) == 10 * MIB
    with pytest.raises(Refusal, match="InvalidLayerPartException"):
        part(service, upload_id, 10 * MIB, b"a" * (10 * MIB + 1))
    assert uploads.status(service, HERE, "web", upload_id).size_bytes == 10 * MIB


def test_an_upload_has_4_200_parts_at_most(service: Service, web: StoredRepository) -> None:
    upload_id = begun(service)
    with service.database.writing() as connection:
        connection.execute(update(table).values(parts=4_199))
    part(service, upload_id, 0, b"a")
    with pytest.raises(Refusal) as caught:
        part(service, upload_id, 1, b"a")
    assert caught.value.code == "LimitExceededException"
    assert "'4200'" in caught.value.message


def test_a_layer_has_a_largest_size(
    service: Service, web: StoredRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "LAYER_MAX_SIZE", Quota("Maximum layer size", "MiB", 1))
    upload_id = begun(service)
    append(service, upload_id, 0, b"a" * MIB)
    with pytest.raises(Refusal) as caught:
        append(service, upload_id, MIB, b"a")
    assert caught.value.code == "LimitExceededException"
    finish(service, upload_id, b"a" * MIB)


def test_a_layer_is_recorded_when_it_is_there_and_not_before(
    service: Service, web: StoredRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = begun(service)
    append(service, upload_id, 0, b"one")

    def fail(staged: Path, file: str) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(service.blobs, "adopt", fail)
    with pytest.raises(OSError, match="the disk is full"):
        finish(service, upload_id, b"one")
    with service.database.reading() as connection:
        assert layers.find(connection, web, sha256(b"one")) is None
    monkeypatch.undo()
    assert finish(service, upload_id, b"one").is_new
