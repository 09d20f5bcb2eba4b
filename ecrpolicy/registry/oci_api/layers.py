"""Layers, configurations and whatever else a manifest refers to: pulled, whole or in part."""

from starlette.responses import Response, StreamingResponse

from ecrpolicy.registry.content import layers
from ecrpolicy.registry.content.layers import Blob
from ecrpolicy.registry.content.ranges import NoSuchPart, Part, asked
from ecrpolicy.registry.metadata import repositories
from ecrpolicy.registry.oci_api.entity_tags import headers_of, unchanged
from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.oci_api.request import Request, in_thread

_CONTENT: dict[str, str] = {"Content-Type": "application/octet-stream", "Accept-Ranges": "bytes"}


async def pull(request: Request) -> Response:
    """A blob, or that it is there (end-2).

    `HEAD` is what clients ask before they push, and `GET` how they pull; each takes the action
    that Amazon ECR gives to that ("BatchCheckLayerAvailability", "GetDownloadUrlForLayer"). A layer
    that only archived images have is there for a push, and cannot be pulled.
    """
    if request.method == "HEAD":
        return await in_thread(_present, request)
    blob = await in_thread(_stored, request)
    if answer := unchanged(request, blob.digest):
        return answer
    headers = {**_CONTENT, **headers_of(blob.digest)}
    part = _part(request, headers["ETag"], blob.size_bytes)
    first, end = (0, blob.size_bytes) if part is None else (part.first, part.end)
    if part is not None:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{blob.size_bytes}"
    headers["Content-Length"] = str(end - first)
    try:
        content = request.service.blobs.stream(blob.file, first, end)
    except FileNotFoundError:
        # It was swept away since it was looked up.
        raise _missing() from None
    return StreamingResponse(content, 200 if part is None else 206, headers)


def _present(request: Request) -> Response:
    digest = request.resource.reference
    request.count("BatchCheckLayerAvailability")
    with request.service.database.reading() as connection:
        request.check(connection, "ecr:BatchCheckLayerAvailability")
        repository = repositories.require(connection, request.place, request.name)
    found = layers.present(request.service, repository, (digest,), request.now)
    if digest not in found:
        raise _missing()
    headers = {**_CONTENT, "Content-Length": str(found[digest]), **headers_of(digest)}
    return unchanged(request, digest) or Response(headers=headers)


def _stored(request: Request) -> Blob:
    request.count("GetDownloadUrlForLayer")
    with request.service.database.reading() as connection:
        request.check(connection, "ecr:GetDownloadUrlForLayer")
        repository = repositories.require(connection, request.place, request.name)
        blob = layers.find(connection, repository, request.resource.reference)
        if blob is None or layers.archived(connection, repository, (blob.digest,)):
            raise _missing()
    return blob


def _missing() -> Problem:
    return Problem(404, "BLOB_UNKNOWN", "Requested layer not found")


def _part(request: Request, etag: str, size: int) -> Part | None:
    """The part to send; all, if `If-Range` is about other content (RFC 9110, "If-Range")."""
    if request.headers.get("if-range", etag) != etag:
        return None
    try:
        return asked(request.headers.get("range"), size)
    except NoSuchPart as none:
        headers = {"Content-Range": none.content_range}
        raise Problem(416, "SIZE_INVALID", str(none), headers) from None
