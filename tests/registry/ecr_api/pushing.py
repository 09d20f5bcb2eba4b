"""Images pushed through the API."""

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

IMAGE: Final = "application/vnd.oci.image.manifest.v1+json"
INDEX: Final = "application/vnd.oci.image.index.v1+json"
DOCKER_IMAGE: Final = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG: Final = "application/vnd.oci.image.config.v1+json"
LAYER: Final = "application/vnd.oci.image.layer.v1.tar+gzip"

EMPTY_CONFIG: Final = b"{}"


def digest_of(content: bytes | str) -> str:
    """The digest of content."""
    content = content.encode() if isinstance(content, str) else content
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def push_layer(ecr: "ECRClient", repository: str, content: bytes) -> str:
    """Upload a layer in one part, and return its digest."""
    upload_id = ecr.initiate_layer_upload(repositoryName=repository)["uploadId"]
    ecr.upload_layer_part(
        repositoryName=repository,
        uploadId=upload_id,
        partFirstByte=0,
        partLastByte=len(content) - 1,
        layerPartBlob=content,
    )
    ecr.complete_layer_upload(
        repositoryName=repository, uploadId=upload_id, layerDigests=[digest_of(content)]
    )
    return digest_of(content)


def push_missing(ecr: "ECRClient", repository: str, *contents: bytes) -> None:
    """Upload those of some layers that are not there."""
    answer = ecr.batch_check_layer_availability(
        repositoryName=repository, layerDigests=[digest_of(each) for each in contents]
    )
    there = {
        each.get("layerDigest")
        for each in answer["layers"]
        if each.get("layerAvailability") != "UNAVAILABLE"
    }
    for content in contents:
        if digest_of(content) not in there:
            push_layer(ecr, repository, content)


def descriptor(media_type: str, content: bytes | str) -> dict[str, Any]:
    """What a manifest says of content."""
    return {"mediaType": media_type, "digest": digest_of(content), "size": len(content)}


def image_of(ecr: "ECRClient", repository: str, *layers: bytes, **members: Any) -> str:
    """The manifest of an image whose configuration and layers are pushed; it is not itself."""
    push_missing(ecr, repository, EMPTY_CONFIG, *layers)
    return manifest_of(*layers, **members)


def manifest_of(*layers: bytes, media_type: str = IMAGE, **members: Any) -> str:
    """The manifest of an image."""
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": media_type,
            "config": descriptor(CONFIG, EMPTY_CONFIG),
            "layers": [descriptor(LAYER, each) for each in layers],
            **members,
        }
    )


def index_of(*manifests: str, **members: Any) -> str:
    """The manifest of an index of images."""
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": INDEX,
            "manifests": [descriptor(IMAGE, each) for each in manifests],
            **members,
        }
    )


def put(
    ecr: "ECRClient", repository: str, manifest: str, tag: str | None = None, **members: Any
) -> str:
    """Put an image, and return its digest."""
    named: Any = {} if tag is None else {"imageTag": tag}
    answer = ecr.put_image(repositoryName=repository, imageManifest=manifest, **named, **members)
    return answer["image"]["imageId"]["imageDigest"]


def push(
    ecr: "ECRClient", repository: str, layer: str, tag: str | None = None, **members: Any
) -> str:
    """Push an image of one layer, and return its digest."""
    return put(ecr, repository, image_of(ecr, repository, layer.encode(), **members), tag)
