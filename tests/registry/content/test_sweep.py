import os
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, select

from ecrpolicy.registry.content import layers, uploads
from ecrpolicy.registry.content.appending import Appender, path_of
from ecrpolicy.registry.content.deleting import delete as delete_images
from ecrpolicy.registry.content.sweep import Swept, sweep
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import blobs, repositories
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from tests.registry.content.service import (
    HERE,
    NOW,
    make_repository,
    manifest_of,
    push,
    push_image,
    push_layer,
    sha256,
)

DAY = timedelta(days=1)
LATER = NOW + DAY + timedelta(seconds=1)
NOTHING = Swept(0, 0)


def digests(service: Service) -> set[str]:
    """The blobs that the database knows: each is whole on the disk, where no other file is."""
    with service.database.reading() as connection:
        rows = connection.execute(select(blobs.c.digest, blobs.c.file)).all()
    for digest, file in rows:
        assert sha256(b"".join(service.blobs.read(file))) == digest
    assert {file for _, file in rows} == set(os.listdir(service.settings.blobs / "sha256"))
    return {digest for digest, _ in rows}


def test_what_images_have_stays(service: Service, web: StoredRepository) -> None:
    push(service, "one", "v1")
    assert sweep(service, NOW + 1_000 * DAY) == NOTHING
    assert len(digests(service)) == 2


def test_what_a_deleted_image_had_goes_after_a_while(
    service: Service, web: StoredRepository
) -> None:
    push(service, "one", "v1")
    push(service, "two", "v2")
    delete_images(service, HERE, "web", [{"imageTag": "v1"}], NOW)
    assert sweep(service, NOW + DAY) == NOTHING
    assert sweep(service, LATER) == Swept(2, 0)
    assert digests(service) == {sha256(b"config of two"), sha256(b"layer of two")}
    assert sweep(service, LATER) == NOTHING


def test_a_layer_that_somebody_was_told_of_stays(service: Service, web: StoredRepository) -> None:
    push_layer(service, b"config")
    push_layer(service, b"other")
    assert layers.present(service, web, [sha256(b"config")], LATER)
    assert sweep(service, LATER) == Swept(1, 0)
    push_image(service, manifest_of(b"config"), now=LATER)
    assert digests(service) == {sha256(b"config")}


def test_a_layer_that_is_pushed_or_mounted_again_stays(
    service: Service, web: StoredRepository
) -> None:
    make_repository(service, "api")
    for text in (b"pushed", b"mounted", b"neither"):
        push_layer(service, text)
    push_layer(service, b"pushed", now=LATER)
    layers.mount(service, HERE, "web", "api", sha256(b"mounted"), LATER)
    sweep(service, LATER)
    assert digests(service) == {sha256(b"pushed"), sha256(b"mounted")}
    with service.database.reading() as connection:
        # It is the other repository's alone now.
        assert layers.find(connection, web, sha256(b"mounted")) is None


def test_a_blob_stays_as_long_as_one_repository_has_it(
    service: Service, web: StoredRepository
) -> None:
    make_repository(service, "api")
    push(service, "one", "v1", "web")
    push(service, "one", "v1", "api")
    with service.database.writing() as connection:
        connection.execute(delete(repositories).where(repositories.c.id == web.id))
    assert sweep(service, LATER) == NOTHING
    delete_images(service, HERE, "api", [{"imageTag": "v1"}], NOW)
    assert sweep(service, LATER) == Swept(2, 0)


def test_what_a_deleted_repository_had_goes_at_once(
    service: Service, web: StoredRepository
) -> None:
    push(service, "one", "v1")
    upload = uploads.start(service, HERE, "web", NOW)
    uploads.append(service, HERE, "web", upload.id, 0, [b"more"], NOW)
    with service.database.writing() as connection:
        connection.execute(delete(repositories))
    assert sweep(service, NOW) == Swept(2, 1)
    assert digests(service) == set()
    assert os.listdir(service.settings.uploads) == []


def test_uploads_that_nobody_goes_on_with_go(service: Service, web: StoredRepository) -> None:
    old, alive = (uploads.start(service, HERE, "web", NOW) for _ in range(2))
    uploads.append(service, HERE, "web", alive.id, 0, [b"one"], NOW + timedelta(hours=1))
    assert sweep(service, NOW + DAY) == NOTHING
    assert sweep(service, LATER) == Swept(0, 1)
    with pytest.raises(Refusal, match="UploadNotFoundException"):
        uploads.status(service, HERE, "web", old.id)
    assert uploads.finish(service, HERE, "web", alive.id, sha256(b"one"), LATER).is_new


def test_an_upload_that_somebody_writes_to_stays(service: Service, web: StoredRepository) -> None:
    upload = uploads.start(service, HERE, "web", NOW)
    with Appender(service, HERE, "web", upload.id, 0, LATER) as appender:
        appender.write(b"one")
        assert sweep(service, LATER + DAY) == NOTHING
        appender.write(b"two")
    assert uploads.finish(service, HERE, "web", upload.id, sha256(b"onetwo"), LATER).is_new


def test_files_that_a_dead_process_left_go(service: Service, web: StoredRepository) -> None:
    """It died when its upload had been moved into place, and that was not recorded yet."""
    upload = uploads.start(service, HERE, "web", NOW)
    uploads.append(service, HERE, "web", upload.id, 0, [b"one"], NOW)
    file = service.blobs.file_name(sha256(b"one"), upload.id)
    service.blobs.adopt(path_of(service, upload.id), file)
    assert sweep(service, NOW) == NOTHING  # the process may be alive, for all that is known
    with pytest.raises(Refusal, match="UploadNotFoundException"):
        uploads.finish(service, HERE, "web", upload.id, sha256(b"one"), NOW)
    assert push_layer(service, b"one").is_new
    assert sweep(service, LATER) == Swept(2, 0)
    assert digests(service) == set()


def test_files_of_others_stay(service: Service) -> None:
    for directory in (service.settings.uploads, service.settings.blobs / "sha256"):
        (directory / "README").write_text("what is this?")
    assert sweep(service, LATER) == NOTHING


def test_a_push_between_look_and_deletion_wins(
    service: Service, web: StoredRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sweep has found that a layer is unused when somebody is told that it is there."""
    push_layer(service, b"config")
    told: list[datetime] = []
    writing = service.database.writing

    def later(*, is_synced: bool = True):  # type: ignore[no-untyped-def]
        if not told:
            told.append(LATER)
            layers.present(service, web, [sha256(b"config")], LATER)
        return writing(is_synced=is_synced)

    monkeypatch.setattr(service.database, "writing", later)
    assert sweep(service, LATER) == NOTHING
    assert told
    push_image(service, manifest_of(b"config"))


def test_content_that_comes_again_while_its_old_file_goes_stays(
    service: Service, web: StoredRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row has gone, the file is about to go, and the same content is pushed."""
    push_layer(service, b"config")
    pushed: list[bool] = []
    remove = service.blobs.delete

    def removed(file: str) -> None:
        if not pushed:
            pushed.append(push_layer(service, b"config", now=LATER).is_new)
        remove(file)

    monkeypatch.setattr(type(service.blobs), "delete", lambda _, file: removed(file))
    assert sweep(service, LATER) == Swept(1, 0)
    assert pushed == [True]
    assert digests(service) == {sha256(b"config")}


def test_a_finish_that_the_sweep_overtakes_is_refused(
    service: Service, web: StoredRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upload was old, and goes between its file's move and the record of it."""
    upload = uploads.start(service, HERE, "web", NOW)
    uploads.append(service, HERE, "web", upload.id, 0, [b"one"], NOW)
    adopt = service.blobs.adopt

    def adopted(*moved: object) -> None:
        adopt(*moved)  # type: ignore[arg-type]
        with service.database.writing() as connection:
            forget(connection)

    def forget(connection: Connection) -> None:
        connection.exec_driver_sql("DELETE FROM uploads")

    monkeypatch.setattr(type(service.blobs), "adopt", lambda _, *moved: adopted(*moved))
    with pytest.raises(Refusal, match="UploadNotFoundException"):
        uploads.finish(service, HERE, "web", upload.id, sha256(b"one"), NOW)
    assert digests(service) == set()
