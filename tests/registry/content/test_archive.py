"""The archive (Amazon ECR API Reference, "UpdateImageStorageClass")."""

from datetime import timedelta

import pytest

from ecrpolicy.registry.content import images
from ecrpolicy.registry.content.archive import set_storage_class
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from ecrpolicy.snapshot import StorageClass
from tests.registry.content.service import HERE, NOW, push

LATER = NOW + timedelta(days=100)


def test_an_image_goes_to_the_archive_and_comes_back(
    service: Service, web: StoredRepository
) -> None:
    push(service, "one", "v1")
    archived = set_storage_class(service, HERE, "web", {"imageTag": "v1"}, "ARCHIVE", NOW)
    assert (archived.status, archived.archived_at, archived.tags) == ("ARCHIVED", NOW, ("v1",))
    digest = {"imageDigest": archived.digest}
    restored = set_storage_class(service, HERE, "web", digest, "STANDARD", LATER)
    assert (restored.status, restored.activated_at) == ("ACTIVE", LATER)
    assert (restored.archived_at, restored.pushed_at) == (NOW, NOW)


def test_the_library_knows_where_an_image_is(service: Service, web: StoredRepository) -> None:
    push(service, "one", "v1")
    archived = set_storage_class(service, HERE, "web", {"imageTag": "v1"}, "ARCHIVE", LATER)
    with service.database.reading() as connection:
        (image,) = images.snapshot_of(connection, web, (archived,))
    assert (image.storage_class, image.archived_at) == (StorageClass.ARCHIVE, LATER)


def test_an_image_that_is_there_already_is_not_moved(
    service: Service, web: StoredRepository
) -> None:
    push(service, "one", "v1")
    for target in ("STANDARD", "ARCHIVE"):
        if target == "ARCHIVE":
            set_storage_class(service, HERE, "web", {"imageTag": "v1"}, target, NOW)
        with pytest.raises(Refusal, match="ImageStorageClassUpdateNotSupportedException"):
            set_storage_class(service, HERE, "web", {"imageTag": "v1"}, target, NOW)


def test_an_image_must_be_there(service: Service, web: StoredRepository) -> None:
    with pytest.raises(Refusal) as caught:
        set_storage_class(service, HERE, "web", {"imageTag": "v1"}, "ARCHIVE", NOW)
    assert caught.value.code == "ImageNotFoundException"
    assert caught.value.message == (
        "The image with imageId {imageDigest:'null', imageTag:'v1'} does not exist within the "
        "repository with name 'web' in the registry with id '111122223333'"
    )
    with pytest.raises(Refusal, match="InvalidParameterException"):
        set_storage_class(service, HERE, "web", {}, "ARCHIVE", NOW)
