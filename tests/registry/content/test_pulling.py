from datetime import timedelta

from ecrpolicy.registry.content import images
from ecrpolicy.registry.content.images import StoredImage
from ecrpolicy.registry.content.pulling import is_due, record_pull
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.service import Service
from tests.registry.content.service import NOW, push

MINUTE = timedelta(minutes=1)


def now_stored(service: Service, web: StoredRepository) -> StoredImage:
    with service.database.reading() as connection:
        return images.one(connection, web, tag="v1")


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
