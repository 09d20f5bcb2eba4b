"""What `BatchGetImage` makes for who asks for schema 1, and the layers behind it."""

import json
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tests.registry.content import schema_1
from tests.registry.ecr_api.pushing import (
    CONFIG,
    descriptor,
    digest_of,
    manifest_of,
    push,
    push_missing,
    put,
)
from tests.registry.ecr_api.refusals import refused

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws"
EMPTY = "sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4"
LAYER = b"a layer, packed"
STEPS = json.dumps(
    {
        "rootfs": {"type": "layers", "diff_ids": [digest_of(b"a layer")]},
        "history": [{"created_by": "ADD"}, {"created_by": "ENV", "empty_layer": True}],
    }
).encode()


def push_steps(ecr: "ECRClient", repository: str) -> str:
    """Push an image of two steps by the tag `v1`; its digest."""
    push_missing(ecr, repository, STEPS, LAYER)
    manifest = manifest_of(LAYER, config=descriptor(CONFIG, STEPS))
    return put(ecr, repository, manifest, "v1")


def test_a_manifest_is_translated_for_who_asks_by_tag(ecr: "ECRClient", repository: str) -> None:
    digest = push_steps(ecr, repository)
    answer = ecr.batch_get_image(
        repositoryName=repository,
        imageIds=[{"imageTag": "v1"}, {"imageDigest": digest}],
        acceptedMediaTypes=[SIGNED],
    )
    [image] = answer["images"]
    assert image["imageManifestMediaType"] == SIGNED
    assert image["imageId"] == {"imageDigest": digest, "imageTag": "v1"}
    told = json.loads(image["imageManifest"])
    assert (told["name"], told["tag"]) == (repository, "v1")
    assert [each["blobSum"] for each in told["fsLayers"]] == [EMPTY, digest_of(LAYER)]
    [failure] = answer["failures"]
    assert failure["imageId"] == {"imageDigest": digest}
    assert failure["failureCode"] == "ImageNotFound"


def test_every_layer_of_it_is_downloaded(ecr: "ECRClient", repository: str) -> None:
    push_steps(ecr, repository)
    with refused("LayersNotFoundException"):
        ecr.get_download_url_for_layer(repositoryName=repository, layerDigest=EMPTY)
    ecr.batch_get_image(
        repositoryName=repository, imageIds=[{"imageTag": "v1"}], acceptedMediaTypes=[SIGNED]
    )
    for digest in (EMPTY, digest_of(LAYER)):
        url = ecr.get_download_url_for_layer(repositoryName=repository, layerDigest=digest)
        with urlopen(url["downloadUrl"]) as answer:
            assert digest_of(answer.read()) == digest


def test_what_cannot_be_translated_is_not_found(ecr: "ECRClient", repository: str) -> None:
    push(ecr, repository, "layer", "v1")
    answer = ecr.batch_get_image(
        repositoryName=repository, imageIds=[{"imageTag": "v1"}], acceptedMediaTypes=[SIGNED]
    )
    assert answer["images"] == []
    assert [each["failureCode"] for each in answer["failures"]] == ["ImageNotFound"]


def test_schema_1_is_got_without_its_signatures(ecr: "ECRClient", repository: str) -> None:
    push_missing(ecr, repository, LAYER)
    text = schema_1.unsigned(digest_of(LAYER))
    ecr.put_image(
        repositoryName=repository,
        imageManifest=schema_1.signed(text).decode(),
        imageManifestMediaType=SIGNED,
        imageTag="v1",
    )
    [image] = ecr.batch_get_image(
        repositoryName=repository,
        imageIds=[{"imageTag": "v1"}],
        acceptedMediaTypes=["application/vnd.docker.distribution.manifest.v1+json"],
    )["images"]
    assert image["imageManifest"] == text.decode()
    assert image["imageId"]["imageDigest"] == digest_of(text)
