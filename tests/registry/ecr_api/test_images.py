"""Single images over the API (Amazon ECR API Reference; User Guide, "Private images")."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.registry.clocks import Clock, signing_at
from tests.registry.ecr_api.pushing import (
    DOCKER_IMAGE,
    EMPTY_CONFIG,
    IMAGE,
    INDEX,
    descriptor,
    digest_of,
    image_of,
    index_of,
    manifest_of,
    push,
    push_missing,
    put,
)
from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT, OTHER, READER, Serving, inline, serving, user

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

MISSING = digest_of(b"missing")


def _get(ecr: "ECRClient", repository: str, *ids: dict[str, str], **more: Any) -> Any:
    return ecr.batch_get_image(repositoryName=repository, imageIds=list(ids), **more)  # type: ignore[arg-type]


def _delete(ecr: "ECRClient", repository: str, *ids: dict[str, str]) -> Any:
    return ecr.batch_delete_image(repositoryName=repository, imageIds=list(ids))  # type: ignore[arg-type]


def _tags(ecr: "ECRClient", repository: str) -> dict[str, str]:
    answer: Any = ecr.list_images(repositoryName=repository, filter={"tagStatus": "TAGGED"})
    return {each["imageTag"]: each["imageDigest"] for each in answer["imageIds"]}


def _digests(ecr: "ECRClient", repository: str) -> set[str]:
    answer: Any = ecr.list_images(repositoryName=repository, filter={"imageStatus": "ANY"})
    return {each["imageDigest"] for each in answer["imageIds"]}


# Putting


def test_an_image_is_put(ecr: "ECRClient", repository: str) -> None:
    manifest = image_of(ecr, repository, b"layer")
    answer = ecr.put_image(repositoryName=repository, imageManifest=manifest, imageTag="v1")
    assert answer["image"] == {
        "registryId": ACCOUNT,
        "repositoryName": repository,
        "imageId": {"imageDigest": digest_of(manifest), "imageTag": "v1"},
        "imageManifest": manifest,
        "imageManifestMediaType": IMAGE,
    }
    assert _tags(ecr, repository) == {"v1": digest_of(manifest)}


def test_a_manifest_that_does_not_name_itself_is_named(ecr: "ECRClient", repository: str) -> None:
    told: Any = json.loads(image_of(ecr, repository, b"layer"))
    del told["mediaType"]
    manifest = json.dumps(told)
    with refused("InvalidParameterException"):
        ecr.put_image(repositoryName=repository, imageManifest=manifest)
    answer = ecr.put_image(
        repositoryName=repository, imageManifest=manifest, imageManifestMediaType=IMAGE
    )
    assert answer["image"]["imageManifestMediaType"] == IMAGE


def test_a_push_that_changes_nothing_is_refused(ecr: "ECRClient", repository: str) -> None:
    manifest = image_of(ecr, repository, b"layer")
    put(ecr, repository, manifest, "v1")
    text = (
        f"Image with digest '{digest_of(manifest)}' and tag 'v1' already exists in the repository "
        f"with name '{repository}' in registry with id '{ACCOUNT}'"
    )
    with refused("ImageAlreadyExistsException", text):
        put(ecr, repository, manifest, "v1")
    with refused("ImageAlreadyExistsException"):
        put(ecr, repository, manifest)


def test_an_image_is_tagged_again(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR User Guide, "Retagging an image": without pulling or pushing the image."""
    digest = push(ecr, repository, "layer", "latest")
    [image] = _get(ecr, repository, {"imageTag": "latest"})["images"]
    put(ecr, repository, image["imageManifest"], "2017.03")
    assert _tags(ecr, repository) == {"latest": digest, "2017.03": digest}


def test_a_tag_moves(ecr: "ECRClient", repository: str) -> None:
    old = push(ecr, repository, "old", "latest")
    new = push(ecr, repository, "new", "latest")
    assert _tags(ecr, repository) == {"latest": new}
    assert _digests(ecr, repository) == {old, new}


def test_an_immutable_tag_does_not(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR User Guide, "Image tag mutability"."""
    old = push(ecr, repository, "old", "v1")
    ecr.put_image_tag_mutability(repositoryName=repository, imageTagMutability="IMMUTABLE")
    text = (
        f"The image tag 'v1' already exists in the '{repository}' repository and cannot be "
        "overwritten because the tag is immutable."
    )
    with refused("ImageTagAlreadyExistsException", text):
        push(ecr, repository, "new", "v1")
    push(ecr, repository, "old", "v2")
    assert _tags(ecr, repository) == {"v1": old, "v2": old}


def test_what_an_exclusion_filter_lets_move_moves(ecr: "ECRClient", repository: str) -> None:
    ecr.put_image_tag_mutability(
        repositoryName=repository,
        imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters=[{"filterType": "WILDCARD", "filter": "dev-*"}],
    )
    push(ecr, repository, "old", "dev-1")
    new = push(ecr, repository, "new", "dev-1")
    assert _tags(ecr, repository) == {"dev-1": new}


def test_layers_must_be_there(ecr: "ECRClient", repository: str) -> None:
    push_missing(ecr, repository, EMPTY_CONFIG)
    text = (
        f"Layers with digests '[{MISSING}]' required for pushing image into repository with name "
        f"'{repository}' in the registry with id '{ACCOUNT}' do not exist"
    )
    with refused("LayersNotFoundException", text):
        put(ecr, repository, manifest_of(b"missing"))


def test_images_of_an_index_must_be_there(ecr: "ECRClient", repository: str) -> None:
    image = image_of(ecr, repository, b"layer")
    with refused("ReferencedImagesNotFoundException"):
        put(ecr, repository, index_of(image))
    put(ecr, repository, image)
    put(ecr, repository, index_of(image), "multi")
    assert set(_tags(ecr, repository)) == {"multi"}


def test_a_digest_that_is_given_must_be_right(ecr: "ECRClient", repository: str) -> None:
    manifest = image_of(ecr, repository, b"layer")
    with refused("ImageDigestDoesNotMatchException"):
        put(ecr, repository, manifest, imageDigest=MISSING)
    put(ecr, repository, manifest, imageDigest=digest_of(manifest))


@pytest.mark.parametrize("manifest", ["{", "[]", "{}", '{"schemaVersion": 2}', "nul"])
def test_what_is_no_manifest_is_refused(ecr: "ECRClient", repository: str, manifest: str) -> None:
    for more in ({}, {"imageManifestMediaType": IMAGE}):
        with refused("InvalidParameterException"):
            put(ecr, repository, manifest, **more)


@pytest.mark.parametrize("tag", ["", ".v1", "a b", "a/b", "a" * 129, "ä"])
def test_what_is_no_tag_is_refused(ecr: "ECRClient", repository: str, tag: str) -> None:
    with refused("InvalidParameterException"):
        push(ecr, repository, "layer", tag)


def test_a_repository_must_be_there(ecr: "ECRClient") -> None:
    text = f"The repository with name 'nowhere' does not exist in the registry with id '{ACCOUNT}'"
    with refused("RepositoryNotFoundException", text):
        put(ecr, "nowhere", manifest_of(b"layer"))


# Getting


def test_images_are_got_by_tag_and_by_digest(ecr: "ECRClient", repository: str) -> None:
    manifest = image_of(ecr, repository, b"layer")
    digest = put(ecr, repository, manifest, "v1")
    ids = ({"imageTag": "v1"}, {"imageDigest": digest}, {"imageTag": "v1", "imageDigest": digest})
    for each in ids:
        answer = _get(ecr, repository, each)
        assert answer["failures"] == []
        [image] = answer["images"]
        assert image["imageId"] == {"imageDigest": digest, **each}
        assert image["imageManifest"] == manifest
        assert image["imageManifestMediaType"] == IMAGE


def test_what_cannot_be_got_is_a_failure(ecr: "ECRClient", repository: str) -> None:
    push(ecr, repository, "layer", "v1")
    answer = _get(
        ecr,
        repository,
        {"imageTag": "v1"},
        {"imageTag": "v2"},
        {"imageDigest": MISSING},
        {"imageTag": "v1", "imageDigest": MISSING},
        {"imageDigest": "nothing"},
        {},
    )
    assert len(answer["images"]) == 1
    told = [(each["imageId"], each["failureCode"]) for each in answer["failures"]]
    assert told == [
        ({"imageTag": "v2"}, "ImageNotFound"),
        ({"imageDigest": MISSING}, "ImageNotFound"),
        ({"imageTag": "v1", "imageDigest": MISSING}, "ImageTagDoesNotMatchDigest"),
        ({"imageDigest": "nothing"}, "InvalidImageDigest"),
        ({}, "MissingDigestAndTag"),
    ]
    assert answer["failures"][0]["failureReason"] == "Requested image not found"


def test_a_hundred_images_are_got_at_most(ecr: "ECRClient", repository: str) -> None:
    ids = [{"imageTag": f"v{number}"} for number in range(101)]
    assert len(_get(ecr, repository, *ids[:100])["failures"]) == 100
    with refused("InvalidParameterException"):
        _get(ecr, repository, *ids)


def test_a_manifest_is_converted_for_who_asks_by_tag(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR User Guide, "Amazon ECR image manifest conversion"."""
    digest = push(ecr, repository, "layer", "v1")
    answer = _get(ecr, repository, {"imageTag": "v1"}, acceptedMediaTypes=[DOCKER_IMAGE])
    [image] = answer["images"]
    assert image["imageManifestMediaType"] == DOCKER_IMAGE
    assert json.loads(image["imageManifest"])["mediaType"] == DOCKER_IMAGE
    answer = _get(ecr, repository, {"imageDigest": digest}, acceptedMediaTypes=[DOCKER_IMAGE])
    assert answer["images"] == []
    answer = _get(ecr, repository, {"imageTag": "v1"}, acceptedMediaTypes=[DOCKER_IMAGE, IMAGE])
    assert answer["images"][0]["imageManifestMediaType"] == IMAGE


def test_a_pull_is_recorded(tmp_path: Path) -> None:
    """Amazon ECR API Reference, "ImageDetail": to within 24 hours; one a day is told exactly."""
    clock = Clock(datetime(2026, 1, 31, tzinfo=UTC))
    with signing_at(clock), serving(tmp_path, clock=clock) as started:
        ecr = started.ecr()
        ecr.create_repository(repositoryName="web")
        push(ecr, "web", "layer", "v1")
        [before] = ecr.describe_images(repositoryName="web")["imageDetails"]
        assert "lastRecordedPullTime" not in before
        clock.advance(timedelta(days=1))
        _get(ecr, "web", {"imageTag": "v1"})
        [after] = ecr.describe_images(repositoryName="web")["imageDetails"]
        assert after["lastRecordedPullTime"] == clock.now
        assert after["imagePushedAt"] == clock.now - timedelta(days=1)


# Deleting


def test_an_image_is_deleted_by_its_digest_with_all_tags(ecr: "ECRClient", repository: str) -> None:
    digest = push(ecr, repository, "layer", "v1")
    push(ecr, repository, "layer", "v2")
    answer = _delete(ecr, repository, {"imageDigest": digest})
    assert answer["failures"] == []
    assert {each["imageTag"] for each in answer["imageIds"]} == {"v1", "v2"}
    assert {each["imageDigest"] for each in answer["imageIds"]} == {digest}
    assert _digests(ecr, repository) == set()


def test_an_image_goes_with_its_last_tag(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR User Guide, "Deleting an image"."""
    digest = push(ecr, repository, "layer", "v1")
    push(ecr, repository, "layer", "v2")
    answer = _delete(ecr, repository, {"imageTag": "v1"})
    assert answer["imageIds"] == [{"imageDigest": digest, "imageTag": "v1"}]
    assert _tags(ecr, repository) == {"v2": digest}
    _delete(ecr, repository, {"imageTag": "v2"})
    assert _digests(ecr, repository) == set()


def test_an_image_of_an_index_is_not_deleted(ecr: "ECRClient", repository: str) -> None:
    image = image_of(ecr, repository, b"layer")
    child = put(ecr, repository, image)
    index = put(ecr, repository, index_of(image), "multi")
    [failure] = _delete(ecr, repository, {"imageDigest": child})["failures"]
    assert failure["failureCode"] == "ImageReferencedByManifestList"
    assert failure["failureReason"] == f"Requested image referenced by manifest list: [{index}]"
    assert _digests(ecr, repository) == {child, index}
    answer = _delete(ecr, repository, {"imageDigest": index}, {"imageDigest": child})
    assert answer["failures"] == []
    assert _digests(ecr, repository) == set()


def test_what_is_not_there_is_not_deleted(ecr: "ECRClient", repository: str) -> None:
    answer = _delete(ecr, repository, {"imageTag": "v1"}, {})
    assert answer["imageIds"] == []
    codes = [each["failureCode"] for each in answer["failures"]]
    assert codes == ["ImageNotFound", "MissingDigestAndTag"]


# Archiving


def _move(ecr: "ECRClient", repository: str, target: Any, **image_id: str) -> Any:
    return ecr.update_image_storage_class(
        repositoryName=repository,
        imageId=image_id,  # type: ignore[arg-type]
        targetStorageClass=target,
    )


def test_an_image_is_archived_and_restored(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR User Guide, "Archiving an image"."""
    digest = push(ecr, repository, "layer", "v1")
    answer = _move(ecr, repository, "ARCHIVE", imageTag="v1")
    assert answer["imageStatus"] == "ARCHIVED"
    assert answer["imageId"] == {"imageDigest": digest, "imageTag": "v1"}
    got = _get(ecr, repository, {"imageTag": "v1"})
    assert got["images"] == []
    assert got["failures"][0]["failureCode"] == "ImageInaccessible"
    [layer] = ecr.batch_check_layer_availability(
        repositoryName=repository, layerDigests=[digest_of(b"layer")]
    )["layers"]
    assert layer["layerAvailability"] == "ARCHIVED"
    assert _move(ecr, repository, "STANDARD", imageDigest=digest)["imageStatus"] == "ACTIVE"
    assert len(_get(ecr, repository, {"imageTag": "v1"})["images"]) == 1
    [detail] = ecr.describe_images(repositoryName=repository)["imageDetails"]
    assert detail["lastActivatedAt"] >= detail["lastArchivedAt"] >= detail["imagePushedAt"]


def test_a_push_restores_an_archived_image(ecr: "ECRClient", repository: str) -> None:
    digest = push(ecr, repository, "layer", "v1")
    _move(ecr, repository, "ARCHIVE", imageDigest=digest)
    push(ecr, repository, "layer", "v1")
    [detail] = ecr.describe_images(repositoryName=repository)["imageDetails"]
    assert (detail["imageStatus"], detail["imageTags"]) == ("ACTIVE", ["v1"])


def test_an_image_is_not_moved_where_it_is(ecr: "ECRClient", repository: str) -> None:
    push(ecr, repository, "layer", "v1")
    with refused("ImageStorageClassUpdateNotSupportedException"):
        _move(ecr, repository, "STANDARD", imageTag="v1")
    _move(ecr, repository, "ARCHIVE", imageTag="v1")
    with refused("ImageStorageClassUpdateNotSupportedException"):
        _move(ecr, repository, "ARCHIVE", imageTag="v1")
    with refused("ImageNotFoundException"):
        _move(ecr, repository, "ARCHIVE", imageTag="v2")
    with refused("InvalidParameterException"):
        _move(ecr, repository, "ARCHIVE")


# Referrers


def _signature(ecr: "ECRClient", repository: str, subject: str, kind: str, text: str) -> str:
    return put(
        ecr,
        repository,
        image_of(
            ecr,
            repository,
            text.encode(),
            artifactType=kind,
            subject=descriptor(IMAGE, subject),
            annotations={"text": text},
        ),
    )


def _referrers(ecr: "ECRClient", repository: str, digest: str, **more: Any) -> Any:
    return ecr.list_image_referrers(
        repositoryName=repository, subjectId={"imageDigest": digest}, **more
    )


def test_referrers_are_listed(ecr: "ECRClient", repository: str) -> None:
    subject = image_of(ecr, repository, b"layer")
    digest = put(ecr, repository, subject)
    assert _referrers(ecr, repository, digest)["referrers"] == []
    signature = _signature(ecr, repository, subject, "application/signature", "one")
    [referrer] = _referrers(ecr, repository, digest)["referrers"]
    manifest = _get(ecr, repository, {"imageDigest": signature})["images"][0]["imageManifest"]
    assert referrer == {
        "digest": signature,
        "mediaType": IMAGE,
        "artifactType": "application/signature",
        "size": len(manifest),
        "annotations": {"text": "one"},
        "artifactStatus": "ACTIVE",
    }


def test_referrers_are_filtered(ecr: "ECRClient", repository: str) -> None:
    subject = image_of(ecr, repository, b"layer")
    digest = put(ecr, repository, subject)
    one = _signature(ecr, repository, subject, "application/signature", "one")
    two = _signature(ecr, repository, subject, "application/sbom", "two")

    def listed(**asked: Any) -> list[str]:
        answer = _referrers(ecr, repository, digest, filter=asked)
        return [each["digest"] for each in answer["referrers"]]

    assert listed(artifactTypes=["application/sbom"]) == [two]
    assert set(listed(artifactTypes=["application/sbom", "application/signature"])) == {one, two}
    _move(ecr, repository, "ARCHIVE", imageDigest=one)
    assert listed() == [two]
    assert listed(artifactStatus="ARCHIVED") == [one]
    assert set(listed(artifactStatus="ANY")) == {one, two}


def test_referrers_are_told_a_page_at_a_time(ecr: "ECRClient", repository: str) -> None:
    subject = image_of(ecr, repository, b"layer")
    digest = put(ecr, repository, subject)
    pushed = {_signature(ecr, repository, subject, "application/sbom", str(n)) for n in range(3)}
    first = _referrers(ecr, repository, digest, maxResults=2)
    second = _referrers(ecr, repository, digest, maxResults=2, nextToken=first["nextToken"])
    told = [each["digest"] for each in (*first["referrers"], *second["referrers"])]
    assert "nextToken" not in second
    assert (len(told), set(told)) == (3, pushed)


def test_twenty_referrers_are_told_where_nothing_is_said(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR API Reference, "ListImageReferrers", "maxResults"."""
    subject = image_of(ecr, repository, b"layer")
    digest = put(ecr, repository, subject)
    pushed = [_signature(ecr, repository, subject, "application/sbom", str(n)) for n in range(21)]
    first = _referrers(ecr, repository, digest)
    second = _referrers(ecr, repository, digest, nextToken=first["nextToken"])
    assert [each["digest"] for each in first["referrers"]] == pushed[:20]
    assert [each["digest"] for each in second["referrers"]] == pushed[20:]
    assert "nextToken" not in second
    assert len(_referrers(ecr, repository, digest, maxResults=50)["referrers"]) == 21


def test_referrers_are_told_as_far_as_an_answer_has_room(ecr: "ECRClient", repository: str) -> None:
    subject = image_of(ecr, repository, b"layer")
    digest = put(ecr, repository, subject)
    pushed = [
        _signature(ecr, repository, subject, "application/sbom", each * 1_800_000) for each in "abc"
    ]
    first = _referrers(ecr, repository, digest)
    second = _referrers(ecr, repository, digest, nextToken=first["nextToken"])
    assert [each["digest"] for each in first["referrers"]] == pushed[:2]
    assert [each["digest"] for each in second["referrers"]] == pushed[2:]
    assert "nextToken" not in second


def test_who_may_get_images_may_list_referrers(tmp_path: Path) -> None:
    """Amazon ECR API Reference, "ListImageReferrers": the permission is `ecr:BatchGetImage`."""
    statement = {"Effect": "Allow", "Action": "ecr:BatchGetImage", "Resource": "*"}
    one = user(READER, UserPolicyList=[inline("one", [statement])])
    known = [{"AccountId": ACCOUNT, "UserDetailList": [one]}]
    with serving(tmp_path, known=known) as started, refused("RepositoryNotFoundException"):
        _referrers(started.ecr(READER), "web", MISSING)


def test_nobody_reads_another_accounts_images(shared: Serving, repository: str) -> None:
    with refused("AccessDeniedException"):
        shared.ecr(OTHER).batch_get_image(
            registryId=ACCOUNT, repositoryName=repository, imageIds=[{"imageTag": "v1"}]
        )


def test_an_index_is_as_large_as_its_largest_image(ecr: "ECRClient", repository: str) -> None:
    """Amazon ECR API Reference, "ImageDetail", `imageSizeInBytes`."""
    small, large = (image_of(ecr, repository, b"x" * size) for size in (10, 20))
    put(ecr, repository, small, "small")
    put(ecr, repository, large, "large")
    put(ecr, repository, index_of(small, large), "both")
    answer: Any = ecr.describe_images(repositoryName=repository)
    sizes = {each["imageTags"][0]: each["imageSizeInBytes"] for each in answer["imageDetails"]}
    config = len(EMPTY_CONFIG)
    assert sizes == {"small": 10 + config, "large": 20 + config, "both": 20 + config}
    media_types = {
        each["imageTags"][0]: each["imageManifestMediaType"] for each in answer["imageDetails"]
    }
    assert media_types["both"] == INDEX
