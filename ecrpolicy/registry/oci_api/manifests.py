"""Manifests: pulled, pushed and deleted, by tag and by digest."""

from typing import Final

from starlette.background import BackgroundTask
from starlette.responses import Response

from ecrpolicy import tagging
from ecrpolicy.registry.blobs.digests import is_digest
from ecrpolicy.registry.content import deleting, media_types, old_clients, pulling, pushing
from ecrpolicy.registry.content.conversion import Converted, convert
from ecrpolicy.registry.content.media_types import Accepted
from ecrpolicy.registry.content.pulling import Wanted
from ecrpolicy.registry.metadata import repositories
from ecrpolicy.registry.oci_api.entity_tags import headers_of, unchanged
from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.oci_api.request import Request, in_thread, push_target

MAX_BYTES: Final = 4 * 1024 * 1024
"""OCI Distribution Specification, "Pushing Manifests": what a registry should take at least."""


async def pull(request: Request) -> Response:
    """A manifest (end-3), in a format that the client takes.

    What most requests ask for is answered where it arrives: a thread would take longer than the
    one look into the database.
    """
    request.count("BatchGetImage")
    image = _wanted(request)
    sent = await _sent(request, image)
    if answer := unchanged(request, sent.digest):
        return answer
    headers = {"Content-Type": sent.media_type, **headers_of(sent.digest)}
    return Response(sent.manifest, headers=headers, background=_record(request, image))


def _record(request: Request, image: Wanted) -> BackgroundTask | None:
    """What notes the pull once it is answered; to ask whether it is there is none."""
    if request.method == "HEAD" or not pulling.is_due(image, request.now):
        return None
    return BackgroundTask(pulling.record_pull, request.service, (image,), request.now)


def _wanted(request: Request) -> Wanted:
    reference = request.resource.reference
    by = {"digest" if is_digest(reference) else "tag": reference}
    with request.service.database.reading() as connection:
        request.check(connection, "ecr:BatchGetImage")
        found = pulling.find(connection, request.place, request.name, **by)
    if found is None:
        raise _not_found()
    return found


async def _sent(request: Request, image: Wanted) -> Converted:
    accepted = media_types.accepted(request.headers.get("accept", ""))
    stored = Converted(image.media_type, image.manifest, image.digest)
    if accepted.takes(stored.media_type):
        return stored
    found = None
    if not is_digest(request.resource.reference):
        found = convert(stored.manifest, stored.media_type, accepted)
        if found is None and old_clients.may_convert(stored.media_type, accepted):
            found = await in_thread(_as_schema_1, request, stored, accepted)
    if found is None:
        message = f"The image has a manifest of `{image.media_type}`, which `Accept` does not take"
        raise Problem(404, "MANIFEST_UNKNOWN", message)
    return found


def _as_schema_1(request: Request, stored: Converted, accepted: Accepted) -> Converted | None:
    with request.service.database.reading() as connection:
        repository = repositories.require(connection, request.place, request.name)
    tag = request.resource.reference
    return old_clients.convert(request.service, repository, tag, stored, accepted, request.now)


def _not_found() -> Problem:
    return Problem(404, "MANIFEST_UNKNOWN", "Requested image not found")


async def push(request: Request) -> Response:
    """Put an image, and its tag if it is pushed by one (end-7)."""
    reference = request.resource.reference
    if not is_digest(reference) and not tagging.is_image_tag(reference):
        raise Problem(
            400, "TAG_INVALID", "The tag is not valid: write letters, digits, `.`, `_`, `-`"
        )
    return await in_thread(_push, request, await _body(request))


async def _body(request: Request) -> bytes:
    if (request.length or 0) > MAX_BYTES:
        raise _too_large()
    pieces: list[bytes] = []
    size = 0
    async for piece in request.body():
        size += len(piece)
        if size > MAX_BYTES:
            raise _too_large()
        pieces.append(piece)
    return b"".join(pieces)


def _too_large() -> Problem:
    return Problem(413, "SIZE_INVALID", f"A manifest has {MAX_BYTES} bytes at most")


def _push(request: Request, manifest: bytes) -> Response:
    reference = request.resource.reference
    by_digest = is_digest(reference)
    request.require("PutImage")
    target = push_target(request)
    with request.service.database.reading() as connection:
        # That it cannot be pushed to comes before whatever is wrong with the manifest.
        target.planned(connection, request.place, request.name)
    pushed = pushing.put_image(
        request.service,
        request.place,
        request.name,
        manifest,
        media_type=media_types.plain(request.headers.get("content-type", "")) or None,
        tag=None if by_digest else reference,
        digest=reference if by_digest else None,
        now=request.now,
        # To push again what is there is no mistake of a client that pushes.
        is_repeatable=True,
        find=target,
    )
    image = pushed.image
    headers = {
        "Location": f"/v2/{request.name}/manifests/{image.digest}",
        "Docker-Content-Digest": image.digest,
    }
    if image.subject is not None:
        headers["OCI-Subject"] = image.subject
    return Response(status_code=201, headers=headers)


async def delete(request: Request) -> Response:
    """Delete an image by its digest, or take a tag away (end-9)."""
    return await in_thread(_delete, request)


def _delete(request: Request) -> Response:
    request.require("BatchDeleteImage")
    reference = request.resource.reference
    member = "imageDigest" if is_digest(reference) else "imageTag"
    _, failures = deleting.delete(
        request.service, request.place, request.name, ({member: reference},), request.now
    )
    for failure in failures:
        if failure["failureCode"] == "ImageReferencedByManifestList":
            raise Problem(400, "DENIED", str(failure["failureReason"]))
        raise _not_found()
    return Response(status_code=202)
