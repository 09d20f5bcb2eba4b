"""Images listed and described (Amazon ECR API Reference, "ListImages" and "DescribeImages")."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.registry.ecr_api.pushing import (
    CONFIG,
    EMPTY_CONFIG,
    IMAGE,
    descriptor,
    digest_of,
    image_of,
    push,
    put,
)
from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


def _listed(ecr: "ECRClient", repository: str, **asked: str) -> set[tuple[str, str | None]]:
    answer: Any = ecr.list_images(repositoryName=repository, filter=asked)  # type: ignore[arg-type]
    return {(each["imageDigest"], each.get("imageTag")) for each in answer["imageIds"]}


def _described(ecr: "ECRClient", repository: str, **asked: Any) -> list[str]:
    answer = ecr.describe_images(repositoryName=repository, **asked)
    return [each["imageDigest"] for each in answer["imageDetails"]]


def _archive(ecr: "ECRClient", repository: str, digest: str) -> None:
    ecr.update_image_storage_class(
        repositoryName=repository, imageId={"imageDigest": digest}, targetStorageClass="ARCHIVE"
    )


# Listing


def test_an_image_stands_once_for_each_tag(ecr: "ECRClient", repository: str) -> None:
    tagged = push(ecr, repository, "tagged", "v1")
    push(ecr, repository, "tagged", "v2")
    untagged = push(ecr, repository, "untagged")
    everything = {(tagged, "v1"), (tagged, "v2"), (untagged, None)}
    assert _listed(ecr, repository) == everything
    assert _listed(ecr, repository, tagStatus="ANY") == everything
    assert _listed(ecr, repository, tagStatus="TAGGED") == {(tagged, "v1"), (tagged, "v2")}
    assert _listed(ecr, repository, tagStatus="UNTAGGED") == {(untagged, None)}


def test_active_images_are_listed_unless_others_are_asked_for(
    ecr: "ECRClient", repository: str
) -> None:
    """Amazon ECR API Reference, "ListImagesFilter", `imageStatus`."""
    active = push(ecr, repository, "active")
    archived = push(ecr, repository, "archived")
    _archive(ecr, repository, archived)
    assert _listed(ecr, repository) == {(active, None)}
    assert _listed(ecr, repository, imageStatus="ACTIVE") == {(active, None)}
    assert _listed(ecr, repository, imageStatus="ARCHIVED") == {(archived, None)}
    assert _listed(ecr, repository, imageStatus="ACTIVATING") == set()
    assert _listed(ecr, repository, imageStatus="ANY") == {(active, None), (archived, None)}


def _pages(ecr: "ECRClient", repository: str, size: int, **asked: Any) -> Iterator[Any]:
    token: dict[str, Any] = {}
    while True:
        answer: Any = ecr.list_images(repositoryName=repository, maxResults=size, **asked, **token)
        yield answer["imageIds"]
        if "nextToken" not in answer:
            return
        token = {"nextToken": answer["nextToken"]}


def test_pages_hold_all_images_once(ecr: "ECRClient", repository: str) -> None:
    for number in range(5):
        push(ecr, repository, f"layer {number}", f"v{number}")
        push(ecr, repository, f"layer {number}", f"w{number}")
    push(ecr, repository, "untagged")
    for size in (1, 2, 3, 11, 12):
        pages = list(_pages(ecr, repository, size))
        assert all(len(each) == size for each in pages[:-1])
        told = [(each["imageDigest"], each.get("imageTag")) for page in pages for each in page]
        assert (len(told), set(told)) == (11, _listed(ecr, repository))


def test_pages_are_stable_while_images_come_and_go(ecr: "ECRClient", repository: str) -> None:
    """What was there all along is told once, whatever else is pushed and deleted meanwhile."""
    stay = {push(ecr, repository, f"stay {number}") for number in range(6)}
    go = [push(ecr, repository, f"go {number}") for number in range(3)]
    told = []
    for number, page in enumerate(_pages(ecr, repository, 2)):
        told += [each["imageDigest"] for each in page]
        push(ecr, repository, f"come {number}")
        if go:
            ecr.batch_delete_image(repositoryName=repository, imageIds=[{"imageDigest": go.pop()}])
    assert len(told) == len(set(told))
    assert stay <= set(told)


def test_a_token_is_good_for_its_question_alone(ecr: "ECRClient", repository: str) -> None:
    for number in range(3):
        push(ecr, repository, f"layer {number}")
    other = f"{repository}/other"
    ecr.create_repository(repositoryName=other)
    token = ecr.list_images(repositoryName=repository, maxResults=1)["nextToken"]
    text = "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'"
    with refused("InvalidParameterException", text):
        ecr.list_images(repositoryName=other, nextToken=token)
    with refused("InvalidParameterException", text):
        ecr.list_images(repositoryName=repository, filter={"tagStatus": "ANY"}, nextToken=token)
    with refused("InvalidParameterException", text):
        ecr.describe_images(repositoryName=repository, nextToken=token)
    with refused("InvalidParameterException", text):
        ecr.list_images(repositoryName=repository, nextToken="A" + token[1:])
    # How many are wanted may change on the way.
    ecr.list_images(repositoryName=repository, maxResults=2, nextToken=token)


# Describing


def test_an_image_is_described(ecr: "ECRClient", repository: str) -> None:
    digest = push(ecr, repository, "layer", "v2")
    push(ecr, repository, "layer", "v1")
    [detail] = ecr.describe_images(repositoryName=repository)["imageDetails"]
    told: Any = {name: value for name, value in detail.items() if name != "imagePushedAt"}
    assert told == {
        "registryId": ACCOUNT,
        "repositoryName": repository,
        "imageDigest": digest,
        "imageTags": ["v1", "v2"],
        "imageSizeInBytes": len("layer") + len(EMPTY_CONFIG),
        "imageManifestMediaType": IMAGE,
        "artifactMediaType": CONFIG,
        "imageStatus": "ACTIVE",
    }


def test_an_untagged_image_has_no_tags(ecr: "ECRClient", repository: str) -> None:
    push(ecr, repository, "layer")
    [detail] = ecr.describe_images(repositoryName=repository)["imageDetails"]
    assert "imageTags" not in detail


def test_a_referrer_tells_its_subject(ecr: "ECRClient", repository: str) -> None:
    subject = image_of(ecr, repository, b"layer")
    put(ecr, repository, subject)
    kind = "application/vnd.example.signature"
    signature = put(
        ecr,
        repository,
        image_of(ecr, repository, b"s", artifactType=kind, subject=descriptor(IMAGE, subject)),
    )
    [detail] = ecr.describe_images(
        repositoryName=repository, imageIds=[{"imageDigest": signature}]
    )["imageDetails"]
    assert detail["subjectManifestDigest"] == digest_of(subject)
    assert detail["artifactMediaType"] == kind


def test_active_images_are_described_unless_others_are_asked_for(
    ecr: "ECRClient", repository: str
) -> None:
    """Amazon ECR API Reference, "DescribeImagesFilter", `imageStatus`."""
    active = push(ecr, repository, "active")
    archived = push(ecr, repository, "archived", "v1")
    _archive(ecr, repository, archived)
    assert _described(ecr, repository) == [active]
    assert _described(ecr, repository, filter={"imageStatus": "ARCHIVED"}) == [archived]
    both = sorted((active, archived))
    assert _described(ecr, repository, filter={"imageStatus": "ANY"}) == both
    untagged: Any = {"imageStatus": "ANY", "tagStatus": "UNTAGGED"}
    assert _described(ecr, repository, filter=untagged) == [active]
    # Whoever names an image gets it, unless the filter says otherwise.
    ids = [{"imageTag": "v1"}, {"imageDigest": active}]
    assert _described(ecr, repository, imageIds=ids) == [archived, active]
    asked: Any = {"imageStatus": "ACTIVE"}
    assert _described(ecr, repository, imageIds=ids, filter=asked) == [active]


def test_images_are_described_by_their_ids_once(ecr: "ECRClient", repository: str) -> None:
    digest = push(ecr, repository, "layer", "v1")
    ids = [{"imageTag": "v1"}, {"imageDigest": digest}]
    assert _described(ecr, repository, imageIds=ids) == [digest]


def test_an_image_that_is_not_there_is_said_to_be_so(ecr: "ECRClient", repository: str) -> None:
    text = (
        "The image with imageId {imageDigest:'null', imageTag:'v1'} does not exist within the "
        f"repository with name '{repository}' in the registry with id '{ACCOUNT}'"
    )
    with refused("ImageNotFoundException", text):
        _described(ecr, repository, imageIds=[{"imageTag": "v1"}])
    with refused("InvalidParameterException"):
        _described(ecr, repository, imageIds=[{}])


def test_what_is_named_has_no_pages(ecr: "ECRClient", repository: str) -> None:
    with refused("InvalidParameterException"):
        _described(ecr, repository, imageIds=[{"imageTag": "v1"}], maxResults=1)


def test_descriptions_come_a_page_at_a_time(ecr: "ECRClient", repository: str) -> None:
    pushed = {push(ecr, repository, f"layer {number}", f"v{number}") for number in range(5)}
    pages = ecr.get_paginator("describe_images").paginate(
        repositoryName=repository, PaginationConfig={"PageSize": 2}
    )
    told: Any = [page["imageDetails"] for page in pages]
    assert [len(each) for each in told] == [2, 2, 1]
    assert {each["imageDigest"] for page in told for each in page} == pushed
    assert all(len(each["imageTags"]) == 1 for page in told for each in page)


def test_a_page_has_a_hundred_images_if_nobody_says_otherwise(
    ecr: "ECRClient", repository: str
) -> None:
    push(ecr, repository, "layer")
    for number in range(101):
        push(ecr, repository, "layer", f"v{number}")
    answer = ecr.list_images(repositoryName=repository)
    assert len(answer["imageIds"]) == 100
    assert len(ecr.list_images(repositoryName=repository, maxResults=1000)["imageIds"]) == 101
    with refused("InvalidParameterException"):
        ecr.list_images(repositoryName=repository, maxResults=1001)
