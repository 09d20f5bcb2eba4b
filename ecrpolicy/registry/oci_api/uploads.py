"""Uploads: blobs that are pushed, at once, in chunks, or out of another repository."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from ecrpolicy import tagging
from ecrpolicy.registry.content import layers, uploads
from ecrpolicy.registry.content.creation import PushTarget, encryption_of
from ecrpolicy.registry.content.layers import Layer
from ecrpolicy.registry.content.uploads import Upload
from ecrpolicy.registry.metadata.registries import account_setting
from ecrpolicy.registry.metadata.repositories import find
from ecrpolicy.registry.oci_api.chunks import held, sent
from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.oci_api.paths import require_digest
from ecrpolicy.registry.oci_api.request import Request, in_thread, push_target
from ecrpolicy.registry.refusal import Refusal

_NOT_NEXT: Final = "InvalidLayerPartException"


async def start(request: Request) -> Response:
    """Begin an upload (end-4a), push a blob at once (end-4b), or mount one (end-11)."""
    digest = request.query.get("digest")
    if digest is not None:
        return await _push_at_once(request, require_digest(digest))
    begun = await in_thread(_begun, request)
    return _created(request, begun) if isinstance(begun, Layer) else _going_on(request, begun, 202)


def _begun(request: Request) -> Layer | Upload:
    mount = request.query.get("mount")
    if mount is not None:
        require_digest(mount)
    request.require("InitiateLayerUpload")
    target = push_target(request)
    mounted = None if mount is None else _mounted(request, mount, target)
    return mounted or uploads.start(
        request.service, request.place, request.name, request.now, target
    )


async def _push_at_once(request: Request, digest: str) -> Response:
    target = push_target(request)
    upload = await in_thread(_begun_at_once, request, target)
    try:
        await uploads.append_stream(
            request.service,
            request.place,
            request.name,
            upload.id,
            0,
            request.body(),
            request.now,
        )
        return _created(request, await in_thread(_finished, request, upload.id, digest))
    except BaseException:
        # Nobody knows its id: nobody can go on with it.
        await in_thread(_given_up, request, upload, target)
        raise


def _begun_at_once(request: Request, target: PushTarget) -> Upload:
    request.require("InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload")
    return uploads.start(request.service, request.place, request.name, request.now, target)


def _given_up(request: Request, upload: Upload, target: PushTarget) -> None:
    uploads.cancel(request.service, request.place, request.name, upload.id)
    target.take_back(request.service)


def _mounted(request: Request, digest: str, target: PushTarget) -> Layer | None:
    """The blob out of the other repository; None where an upload is to begin instead.

    Amazon ECR User Guide, "Blob mounting in Amazon ECR": if the registry has it switched on, the
    repositories are encrypted alike, and the caller may pull from the other one.
    """
    source = request.query.get("from")
    if source is None or not tagging.is_repository_name(source):
        return None
    with request.service.database.reading() as connection:
        if not _is_mountable(request, connection, source, target):
            return None
    return layers.mount(
        request.service, request.place, source, request.name, digest, request.now, target
    )


def _is_mountable(
    request: Request, connection: Connection, source: str, target: PushTarget
) -> bool:
    if account_setting(connection, request.place, "BLOB_MOUNTING") != "ENABLED":
        return False
    if not request.may(connection, "ecr:GetDownloadUrlForLayer", source):
        return False
    here = target.planned(connection, request.place, request.name)
    there = find(connection, request.place, source)
    return there is not None and encryption_of(request.place, here) == there.encryption


async def status(request: Request) -> Response:
    """How far an upload has come (end-13), so that a client can go on with it.

    Amazon ECR has no operation for this: whoever may write on to an upload may know.
    """
    upload = await in_thread(_current, request)
    return _going_on(request, upload, 204)


def _current(request: Request) -> Upload:
    request.require("UploadLayerPart")
    return uploads.status(request.service, request.place, request.name, request.resource.reference)


async def append(request: Request) -> Response:
    """Write on to an upload (end-5): a chunk that says which bytes it has, or all that comes."""
    await in_thread(request.require, "UploadLayerPart")
    return _going_on(request, await _appended(request), 202)


async def _appended(request: Request) -> Upload:
    chunk = sent(request.headers.get("content-range"), request.length)
    try:
        return await uploads.append_stream(
            request.service,
            request.place,
            request.name,
            request.resource.reference,
            chunk.first,
            request.body(),
            request.now,
            length=chunk.length,
        )
    except Refusal as refusal:
        raise await _with_range(request, refusal) from None


async def _with_range(request: Request, refusal: Refusal) -> Refusal | Problem:
    """A refusal, with how far the upload has come where a request does not go on from there."""
    if refusal.code != _NOT_NEXT:
        return refusal
    upload = await in_thread(
        uploads.status, request.service, request.place, request.name, request.resource.reference
    )
    return Problem(416, "BLOB_UPLOAD_INVALID", refusal.message, _headers(request, upload))


async def finish(request: Request) -> Response:
    """Make a blob of an upload (end-6), after a last chunk if there is one."""
    digest = require_digest(request.query.get("digest", ""))
    await in_thread(request.require, "CompleteLayerUpload")
    if request.has_body:
        await in_thread(request.require, "UploadLayerPart")
        await _appended(request)
    try:
        layer = await in_thread(_finished, request, request.resource.reference, digest)
    except Refusal as refusal:
        # Somebody else may be appending at this moment.
        raise await _with_range(request, refusal) from None
    return _created(request, layer)


def _finished(request: Request, upload_id: str, digest: str) -> Layer:
    return uploads.finish(
        request.service,
        request.place,
        request.name,
        upload_id,
        digest,
        request.now,
        is_repeatable=True,
    )


async def cancel(request: Request) -> Response:
    """Give an upload up (Docker Registry HTTP API V2, "Canceling an Upload").

    Amazon ECR has no operation for this: whoever may write on to an upload may end it.
    """
    return await in_thread(_cancelled, request)


def _cancelled(request: Request) -> Response:
    request.require("UploadLayerPart")
    uploads.cancel(request.service, request.place, request.name, request.resource.reference)
    return Response(status_code=204)


def _created(request: Request, layer: Layer) -> Response:
    headers = {
        "Location": f"/v2/{request.name}/blobs/{layer.digest}",
        "Docker-Content-Digest": layer.digest,
    }
    return Response(status_code=201, headers=headers)


def _going_on(request: Request, upload: Upload, status: int) -> Response:
    return Response(status_code=status, headers=_headers(request, upload))


def _headers(request: Request, upload: Upload) -> dict[str, str]:
    return {
        "Location": f"/v2/{request.name}/blobs/uploads/{upload.id}",
        "Range": held(upload.size_bytes),
        "Docker-Upload-UUID": upload.id,
    }
