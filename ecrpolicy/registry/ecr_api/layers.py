"""Layers: looked for, uploaded in parts, downloaded.

Amazon ECR's own proxy calls these for clients of images; clients of the API can, too.
"""

import re
from typing import Any, Final

from ecrpolicy.registry.content import layers, refusals, uploads
from ecrpolicy.registry.content.schema1 import EMPTY_LAYER
from ecrpolicy.registry.content.upload_rows import require_upload
from ecrpolicy.registry.ecr_api.layer_urls import url_of
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation
from ecrpolicy.registry.metadata import repositories as stored

PART_BYTES: Final = 10 * 1024 * 1024
"""The size of parts that clients are told to send ("Amazon ECR service quotas")."""

_PATTERN: Final = "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+"
_DIGEST: Final = re.compile(r"[a-zA-Z0-9_+.-]+:[a-fA-F0-9]+", re.ASCII)


def _check(call: Call, request: Json) -> Json:
    """Which layers are there; whoever asks is about to push, so they are kept for a while."""
    digests = list(dict.fromkeys(request["layerDigests"]))
    with call.service.database.reading() as connection:
        repository = stored.require(connection, call.place, request["repositoryName"])
    proper = [each for each in digests if _DIGEST.fullmatch(each)]
    found = layers.present(call.service, repository, proper, call.now)
    with call.service.database.reading() as connection:
        archived = layers.archived(connection, repository, found.keys())
    return {
        "layers": [_available(each, found, archived) for each in proper],
        "failures": [_failure(each) for each in digests if not _DIGEST.fullmatch(each)],
    }


def _available(digest: str, found: dict[str, int], archived: frozenset[str]) -> dict[str, Any]:
    if digest not in found:
        return {"layerDigest": digest, "layerAvailability": "UNAVAILABLE"}
    availability = "ARCHIVED" if digest in archived else "AVAILABLE"
    return {
        "layerDigest": digest,
        "layerAvailability": availability,
        "layerSize": found[digest],
    }


def _failure(digest: str) -> dict[str, str]:
    """What is said of a text that is no digest."""
    if not digest:
        code, reason = "MissingLayerDigest", "layer digest cannot be null"
    else:
        code, reason = "InvalidLayerDigest", f"layer digest should satisfy the regex '{_PATTERN}'"
    return {
        "layerDigest": digest,
        "failureCode": code,
        "failureReason": f"Invalid request parameters: {reason}",
    }


def _initiate(call: Call, request: Json) -> Json:
    begun = uploads.start(call.service, call.place, request["repositoryName"], call.now)
    return {"uploadId": begun.id, "partSize": PART_BYTES}


def _upload_part(call: Call, request: Json) -> Json:
    """Parts come one after the other; each has as many bytes as its ends say."""
    name, upload_id = request["repositoryName"], request["uploadId"]
    first, last, content = (
        request["partFirstByte"],
        request["partLastByte"],
        request["layerPartBlob"],
    )
    if last - first + 1 != len(content):
        with call.service.database.reading() as connection:
            repository, row = require_upload(connection, call.place, name, upload_id)
        raise refusals.invalid_part(repository, upload_id, row.size_bytes)
    grown = uploads.append(
        call.service, call.place, name, upload_id, first, [content], call.now, is_part=True
    )
    return {**_told(call, request), "lastByteReceived": grown.size_bytes - 1}


def _complete(call: Call, request: Json) -> Json:
    name, upload_id = request["repositoryName"], request["uploadId"]
    digests = request["layerDigests"]
    digest = next((each for each in digests if each.startswith("sha256:")), digests[0])
    layer = uploads.finish(call.service, call.place, name, upload_id, digest, call.now)
    return {**_told(call, request), "layerDigest": layer.digest}


def _told(call: Call, request: Json) -> dict[str, str]:
    return {
        "registryId": call.place.account,
        "repositoryName": request["repositoryName"],
        "uploadId": request["uploadId"],
    }


def _download_url(call: Call, request: Json) -> Json:
    """A URL of this service; layers that no image has that can be pulled are not given out.

    Manifests that are made of images for old clients have one layer more than the images.
    """
    digest = request["layerDigest"]
    with call.service.database.reading() as connection:
        repository = stored.require(connection, call.place, request["repositoryName"])
        layer = layers.find(connection, repository, digest)
        if layer is None:
            raise refusals.layer_not_found(repository, digest)
        if digest != EMPTY_LAYER and not layers.is_used(connection, repository, digest):
            raise refusals.layer_inaccessible(repository, digest)
        if layers.archived(connection, repository, (digest,)):
            raise refusals.layer_archived(repository, digest)
    url = url_of(call.service, call.endpoint, layer, call.now)
    return {"downloadUrl": url, "layerDigest": digest}


OPERATIONS = (
    Operation("BatchCheckLayerAvailability", _check),
    Operation("InitiateLayerUpload", _initiate),
    Operation("UploadLayerPart", _upload_part),
    Operation("CompleteLayerUpload", _complete),
    Operation("GetDownloadUrlForLayer", _download_url),
)
