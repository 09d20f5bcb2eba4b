from datetime import timedelta

import pytest
from sqlalchemy import event, insert

from ecrpolicy import lifecycle
from ecrpolicy.registry.content import images, layers, referrers
from ecrpolicy.registry.content.manifests import OCI_MANIFEST
from ecrpolicy.registry.metadata import tables
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from ecrpolicy.snapshot import Layer, StorageClass
from tests.registry.content.service import (
    NOW,
    descriptor,
    index_of,
    make_repository,
    manifest_of,
    push,
    push_image,
    push_layer,
    sha256,
)
from tests.work import work_of

ONE = manifest_of(b"config of one", [b"layer of one"])


def test_images_are_found_by_digest_and_by_tag(service: Service, web: StoredRepository) -> None:
    image = push(service, "one", "v1").image
    other = push(service, "two", "v2").image
    with service.database.reading() as connection:
        assert images.find(connection, web, digest=image.digest) == image
        assert images.find(connection, web, tag="v1") == image
        assert images.find(connection, web, digest=image.digest, tag="v1") == image
        assert images.find(connection, web, digest=other.digest, tag="v1") is None
        assert images.find(connection, web, tag="v3") is None
        assert images.find(connection, web) is None


def test_images_of_other_repositories_are_not_found(
    service: Service, web: StoredRepository
) -> None:
    api = make_repository(service, "api")
    image = push(service, "one", "v1").image
    with service.database.reading() as connection:
        assert images.find(connection, api, digest=image.digest) is None
        assert images.find(connection, api, tag="v1") is None
        assert images.all_images(connection, api) == ()
        with pytest.raises(Refusal, match="ImageNotFoundException"):
            images.one(connection, api, tag="v1")


def test_images_come_in_the_order_of_their_pushes(service: Service, web: StoredRepository) -> None:
    pushed = [push(service, str(number)).image for number in range(5)]
    with service.database.reading() as connection:
        assert images.all_images(connection, web) == tuple(pushed)


def test_the_library_sees_what_is_stored(service: Service, web: StoredRepository) -> None:
    image = push(service, "one", "v1").image
    push(service, "one", "v2")
    index = push_image(service, index_of(ONE), "all").image
    push_layer(service, b"{}")
    push_image(service, manifest_of(b"{}", subject=descriptor(ONE, OCI_MANIFEST)))
    with service.database.reading() as connection:
        stored = images.all_images(connection, web)
        one, all_, signature = images.snapshot_of(connection, web, stored, with_layers=True)
        assert images.snapshot_of(connection, web, stored)[0].layers == ()
    assert one.digest == image.digest
    assert one.tags == ("v1", "v2")
    assert one.pushed_at == NOW
    assert one.storage_class is StorageClass.STANDARD
    assert one.size_bytes == image.size_bytes
    assert one.manifest_media_type == OCI_MANIFEST
    assert one.manifests == ()
    assert set(one.layers) == {
        Layer(sha256(each), len(each)) for each in (b"config of one", b"layer of one")
    }
    assert (one.repository, one.registry_id) == ("web", "111122223333")
    assert all_.digest == index.digest
    assert all_.manifests == (image.digest,)
    assert all_.is_index
    assert signature.subject == image.digest


def many(service: Service, repository: StoredRepository, first: int, last: int) -> None:
    """Images by the thousand, each with a tag, straight into the tables."""
    numbers = range(first, last)
    with service.database.writing() as connection:
        connection.execute(
            insert(tables.images),
            [
                {
                    "id": number,
                    "repository_id": repository.id,
                    "digest": sha256(str(number).encode()),
                    "manifest": b"{}",
                    "media_type": OCI_MANIFEST,
                    "size_bytes": number,
                    "pushed_at": NOW + timedelta(seconds=number),
                    "status": "ACTIVE",
                }
                for number in numbers
            ],
        )
        connection.execute(
            insert(tables.tags),
            [
                {"repository_id": repository.id, "tag": f"v{number}", "image_id": number}
                for number in numbers
            ],
        )


def test_few_queries_read_all_images(service: Service, web: StoredRepository) -> None:
    many(service, web, 1, 1_001)
    asked: list[str] = []
    event.listen(
        service.database.engine, "before_cursor_execute", lambda *told: asked.append(told[2])
    )
    with service.database.reading() as connection:
        stored = images.all_images(connection, web)
        found = images.snapshot_of(connection, web, stored, with_layers=True)
    assert len(found) == 1_000
    assert [each.tags for each in found[:2]] == [("v1",), ("v2",)]
    assert len([each for each in asked if each.startswith("SELECT")]) == 4


def test_reading_stays_linear(service: Service, web: StoredRepository) -> None:
    def read() -> None:
        with service.database.reading() as connection:
            stored = images.all_images(connection, web)
            images.snapshot_of(connection, web, stored)

    many(service, web, 1, 1_001)
    few = work_of(read, service.database.engine)
    many(service, web, 1_001, 5_001)
    assert few * 4 < work_of(read, service.database.engine) < few * 6


def test_one_image_costs_as_much_among_many(service: Service, web: StoredRepository) -> None:
    image = push(service, "one", "one").image

    def ask() -> None:
        with service.database.reading() as connection:
            images.one(connection, web, tag="one")
            images.one(connection, web, digest=image.digest)
            images.holders(connection, web, image.digest)
            layers.is_used(connection, web, sha256(b"layer of one"))
            layers.is_used(connection, web, sha256(b"nothing"))
            layers.archived(connection, web, [sha256(b"layer of one"), sha256(b"nothing")])
            list(referrers.of(connection, web, image.digest))

    ask()
    few = work_of(ask, service.database.engine)
    many(service, web, 1_000, 21_000)
    assert work_of(ask, service.database.engine) < few * 1.1


def test_a_preview_of_a_stored_repository(service: Service, web: StoredRepository) -> None:
    many(service, web, 1, 11)
    rule = {
        "rulePriority": 1,
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 7},
        "action": {"type": "expire"},
    }
    policy = lifecycle.parse({"rules": [rule]})
    with service.database.reading() as connection:
        stored = images.all_images(connection, web)
        repository = web.snapshot({}, images=images.snapshot_of(connection, web, stored))
    preview = lifecycle.evaluate(policy, repository, now=NOW + timedelta(days=1))
    assert [each.image.tags for each in preview.results] == [("v1",), ("v2",), ("v3",)]
