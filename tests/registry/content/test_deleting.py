"""BatchDeleteImage (Amazon ECR API Reference; Amazon ECR User Guide, "Deleting an image")."""

import pytest

from ecrpolicy.registry.content import archive, images
from ecrpolicy.registry.content.deleting import Failure, ImageId, delete
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from tests.registry.content.service import HERE, NOW, index_of, manifest_of, push, push_image

ABSENT = f"sha256:{'0' * 64}"


def deleted(service: Service, *ids: ImageId) -> tuple[list[ImageId], list[Failure]]:
    return delete(service, HERE, "web", ids, NOW)


def left(service: Service, repository: StoredRepository) -> dict[str, tuple[str, ...]]:
    with service.database.reading() as connection:
        return {each.digest: each.tags for each in images.all_images(connection, repository)}


def test_an_image_goes_by_its_digest_with_all_its_tags(
    service: Service, web: StoredRepository
) -> None:
    digest = push(service, "one", "v1").image.digest
    push(service, "one", "v2")
    gone, failures = deleted(service, {"imageDigest": digest})
    assert gone == [
        {"imageDigest": digest, "imageTag": "v1"},
        {"imageDigest": digest, "imageTag": "v2"},
    ]
    assert failures == []
    assert left(service, web) == {}


def test_a_tag_goes_and_an_image_with_its_last_one(service: Service, web: StoredRepository) -> None:
    digest = push(service, "one", "v1").image.digest
    push(service, "one", "v2")
    assert deleted(service, {"imageTag": "v1"}) == (
        [{"imageDigest": digest, "imageTag": "v1"}],
        [],
    )
    assert left(service, web) == {digest: ("v2",)}
    deleted(service, {"imageTag": "v2"})
    assert left(service, web) == {}


def test_an_untagged_image_goes(service: Service, web: StoredRepository) -> None:
    digest = push(service, "one").image.digest
    assert deleted(service, {"imageDigest": digest}) == ([{"imageDigest": digest}], [])


def test_what_is_asked_twice_goes_once(service: Service, web: StoredRepository) -> None:
    push(service, "one", "v1")
    gone, failures = deleted(service, {"imageTag": "v1"}, {"imageTag": "v1"})
    assert (len(gone), failures) == (1, [])


def test_a_tag_and_a_digest_must_go_together(service: Service, web: StoredRepository) -> None:
    one, two = push(service, "one", "v1").image.digest, push(service, "two", "v2").image.digest
    wrong = {"imageDigest": two, "imageTag": "v1"}
    assert deleted(service, wrong) == (
        [],
        [
            {
                "imageId": wrong,
                "failureCode": "ImageTagDoesNotMatchDigest",
                "failureReason": "Invalid request parameters: given tag does not map to the given "
                "digest",
            }
        ],
    )
    right = {"imageDigest": one, "imageTag": "v1"}
    assert deleted(service, right) == ([right], [])


@pytest.mark.parametrize(
    ("image_id", "code", "reason"),
    [
        ({}, "MissingDigestAndTag", "both tag and digest cannot be null"),
        ({"imageDigest": "x"}, "InvalidImageDigest", "image digest should satisfy the regex"),
        ({"imageTag": "a/b"}, "InvalidImageTag", "image tag should satisfy the regex"),
        ({"imageDigest": ABSENT}, "ImageNotFound", "Requested image not found"),
        ({"imageDigest": f"sha512:{'0' * 128}"}, "ImageNotFound", "Requested image not found"),
        ({"imageTag": "nothing"}, "ImageNotFound", "Requested image not found"),
        (
            {"imageDigest": ABSENT, "imageTag": "nothing"},
            "ImageNotFound",
            "Requested image not found",
        ),
    ],
)
def test_failures_are_told(
    service: Service, web: StoredRepository, image_id: ImageId, code: str, reason: str
) -> None:
    digest = push(service, "one", "v1").image.digest
    gone, [failure] = deleted(service, image_id, {"imageTag": "v1"})
    assert gone == [{"imageDigest": digest, "imageTag": "v1"}]
    assert failure["imageId"] == image_id
    assert failure["failureCode"] == code
    assert reason in failure["failureReason"]


def test_an_index_holds_its_members(service: Service, web: StoredRepository) -> None:
    digest = push(service, "one", "v1").image.digest
    child = manifest_of(b"config of one", [b"layer of one"])
    index = push_image(service, index_of(child), "all").image.digest
    for image_id in ({"imageDigest": digest}, {"imageTag": "v1"}):
        gone, [failure] = deleted(service, image_id)
        assert gone == []
        assert failure == {
            "imageId": image_id,
            "failureCode": "ImageReferencedByManifestList",
            "failureReason": f"Requested image referenced by manifest list: [{index}]",
        }
    push(service, "one", "v2")
    assert deleted(service, {"imageTag": "v1"})[1] == []  # the image stays
    gone, failures = deleted(service, {"imageTag": "all"}, {"imageDigest": digest})
    assert failures == []
    assert left(service, web) == {}


def test_an_archived_index_can_come_back_whole(service: Service, web: StoredRepository) -> None:
    digest = push(service, "one").image.digest
    child = manifest_of(b"config of one", [b"layer of one"])
    push_image(service, index_of(child), "all")
    archive.set_storage_class(service, HERE, "web", {"imageTag": "all"}, "ARCHIVE", NOW)
    _, [failure] = deleted(service, {"imageDigest": digest})
    assert failure["failureCode"] == "ImageReferencedByManifestList"


def test_the_repository_must_be_there(service: Service) -> None:
    with pytest.raises(Refusal, match="RepositoryNotFoundException"):
        deleted(service, {"imageTag": "v1"})
