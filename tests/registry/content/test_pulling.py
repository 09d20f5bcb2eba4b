from dataclasses import replace
from datetime import timedelta

import pytest

from ecrpolicy.registry.content import archive, images
from ecrpolicy.registry.content.images import StoredImage
from ecrpolicy.registry.content.pulling import Wanted, find, is_due, record_pull
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from tests.registry.content.service import HERE, NOW, make_repository, push

MINUTE = timedelta(minutes=1)


def now_stored(service: Service, web: StoredRepository) -> StoredImage:
    with service.database.reading() as connection:
        return images.one(connection, web, tag="v1")


def wanted(service: Service, name: str = "web", place: Place = HERE, **by: str) -> Wanted | None:
    with service.database.reading() as connection:
        return find(connection, place, name, **by)


def test_an_image_is_pulled_by_digest_and_by_tag(service: Service, web: StoredRepository) -> None:
    image = push(service, "one", "v1").image
    push(service, "two", "v2")
    with service.database.reading() as connection:
        manifest = images.manifest_of(connection, image)
    expected = Wanted(image.id, image.digest, image.media_type, None, manifest)
    assert wanted(service, tag="v1") == wanted(service, digest=image.digest) == expected
    record_pull(service, [expected], NOW)
    assert wanted(service, tag="v1") == replace(expected, pulled_at=NOW)


def test_images_of_other_repositories_and_registries_are_not_pulled(
    service: Service, web: StoredRepository
) -> None:
    image = push(service, "one", "v1").image
    make_repository(service, "api")
    elsewhere = (Place(HERE.account, "eu-west-1"), Place("444455556666", HERE.region))
    for place in elsewhere:
        make_repository(service, "web", account=place.account, region=place.region)
    for name, place in (("api", HERE), ("web", elsewhere[0]), ("web", elsewhere[1])):
        assert wanted(service, name, place, tag="v1") is None
        assert wanted(service, name, place, digest=image.digest) is None
    with pytest.raises(Refusal, match="The repository with name 'none' does not exist"):
        wanted(service, "none", tag="v1")


def test_an_archived_image_is_not_pulled(service: Service, web: StoredRepository) -> None:
    image = push(service, "one", "v1").image
    archive.set_storage_class(service, HERE, "web", {"imageTag": "v1"}, "ARCHIVE", NOW)
    assert wanted(service, tag="v1") is None
    assert wanted(service, digest=image.digest) is None


def test_a_pull_is_recorded_once_a_minute(service: Service, web: StoredRepository) -> None:
    image = push(service, "one", "v1").image
    assert image.pulled_at is None
    record_pull(service, [image], NOW)
    image = now_stored(service, web)
    assert image.pulled_at == NOW
    almost = NOW + MINUTE - timedelta(microseconds=1)
    assert not is_due(image, almost)
    record_pull(service, [image], almost)
    assert now_stored(service, web).pulled_at == NOW
    record_pull(service, [image], NOW + MINUTE)
    assert now_stored(service, web).pulled_at == NOW + MINUTE


def test_a_pull_that_is_told_late_changes_nothing(service: Service, web: StoredRepository) -> None:
    image = push(service, "one", "v1").image
    record_pull(service, [image], NOW + MINUTE)
    record_pull(service, [image], NOW)  # the image as it was seen before
    assert now_stored(service, web).pulled_at == NOW + MINUTE


def test_an_image_that_was_deleted_meanwhile_is_no_trouble(
    service: Service, web: StoredRepository
) -> None:
    image = push(service, "one", "v1").image
    with service.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM images")
    record_pull(service, [image], NOW)
