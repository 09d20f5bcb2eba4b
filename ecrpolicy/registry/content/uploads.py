"""Uploads of layers: begun, appended to, finished, cancelled.

Content is written to a file of its own. What the database says of its length counts: bytes behind
it are those of an append that broke off with the process, and are cut off by the next one. Whoever
appends or finishes has the file locked, in all processes.
"""

import asyncio
from collections.abc import AsyncIterable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from anyio import CancelScope
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from starlette.concurrency import run_in_threadpool

from ecrpolicy.registry.blobs.digests import is_digest
from ecrpolicy.registry.content import layers, refusals
from ecrpolicy.registry.content.appending import PIECE, Appender, locked, path_of
from ecrpolicy.registry.content.layers import Layer
from ecrpolicy.registry.content.upload_rows import UploadRow, require_upload
from ecrpolicy.registry.metadata.repositories import Find, require
from ecrpolicy.registry.metadata.tables import blobs, uploads
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.service import Service


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload, and how many bytes of it have come."""

    id: str
    size_bytes: int


def start(service: Service, place: Place, name: str, now: datetime, find: Find = require) -> Upload:
    """Begin an upload to a repository, which `find` finds or makes; raises Refusal without one."""
    upload_id = str(uuid4())
    with service.database.writing(is_synced=False) as connection:
        repository = find(connection, place, name)
        values = {
            "id": upload_id,
            "repository_id": repository.id,
            "started_at": now,
            "touched_at": now,
        }
        connection.execute(insert(uploads), values)
    # Behind the record: a file without one is nobody's.
    path_of(service, upload_id).touch(0o600, exist_ok=False)
    return Upload(upload_id, 0)


def status(service: Service, place: Place, name: str, upload_id: str) -> Upload:
    """How far an upload has come; raises Refusal, UploadNotFoundException."""
    with service.database.reading() as connection:
        _, row = require_upload(connection, place, name, upload_id)
    return Upload(row.id, row.size_bytes)


def append(
    service: Service,
    place: Place,
    name: str,
    upload_id: str,
    first_byte: int | None,
    chunks: Iterable[bytes],
    now: datetime,
    *,
    is_part: bool = False,
) -> Upload:
    """Write on; `first_byte`, where it is given, must be the next one.

    Raises Refusal: UploadNotFoundException, LimitExceededException for more than a layer may have,
    InvalidLayerPartException for what does not follow on, and where somebody else appends now. What
    had come before an error counts. `is_part`: this is one part of the ECR API, whose limits hold.
    """
    with Appender(service, place, name, upload_id, first_byte, now, is_part=is_part) as appender:
        for chunk in chunks:
            appender.write(chunk)
    return Upload(upload_id, appender.size_bytes)


async def append_stream(
    service: Service,
    place: Place,
    name: str,
    upload_id: str,
    first_byte: int | None,
    chunks: AsyncIterable[bytes],
    now: datetime,
    *,
    length: int | None = None,
) -> Upload:
    """As `append`, from the event loop: one piece is hashed and written while the next comes in.

    `length`, where it is given, is how much must come: of more or less, nothing counts. What was
    broken off counts, so that its sender can go on.
    """
    appender = Appender(service, place, name, upload_id, first_byte, now, length=length)
    await run_in_threadpool(appender.open)
    writing: asyncio.Task[None] | None = None
    try:
        async for piece in _pieces(chunks):
            if writing is not None:
                await writing
            writing = asyncio.create_task(run_in_threadpool(appender.write, piece))
        if writing is not None:
            await writing
        appender.end()
    finally:
        # Also where the client has gone: what has come in of it counts.
        with CancelScope(shield=True):
            if writing is not None:
                await asyncio.wait([writing])
            await run_in_threadpool(appender.close)
    return Upload(upload_id, appender.size_bytes)


async def _pieces(chunks: AsyncIterable[bytes]) -> AsyncIterable[bytes]:
    """Chunks together, a megabyte or a little more at a time: the fewer, the less is waited.

    Where they break off, what has come of the last piece is one, too.
    """
    held: list[bytes] = []
    size = 0
    broken: Exception | None = None
    try:
        async for chunk in chunks:
            held.append(chunk)
            size += len(chunk)
            if size >= PIECE:
                yield b"".join(held)
                held, size = [], 0
    except Exception as error:
        broken = error
    if held:
        yield b"".join(held)
    if broken is not None:
        raise broken


def finish(
    service: Service,
    place: Place,
    name: str,
    upload_id: str,
    digest: str,
    now: datetime,
    *,
    is_repeatable: bool = False,
) -> Layer:
    """Make a layer of an upload; when this returns, it is there for good.

    Raises Refusal: UploadNotFoundException, EmptyUploadException, LayerPartTooSmallException,
    InvalidLayerException where the content has another digest, and LayerAlreadyExistsException
    where the repository has the layer already, unless the push `is_repeatable`.
    """
    if not is_digest(digest):
        raise refusals.invalid(
            "layerDigests", "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"
        )
    with locked(service, place, name, upload_id) as upload:
        repository, row = upload.repository, upload.row
        if row.size_bytes == 0:
            raise refusals.empty_upload(repository, upload_id)
        if row.has_small_part:
            raise refusals.part_too_small()
        actual = upload.digest()
        if actual != digest:
            raise refusals.wrong_layer_digest(digest, actual)
        file = service.blobs.file_name(digest, upload_id)
        try:
            service.blobs.adopt(path_of(service, upload_id), file)
        except FileNotFoundError:
            # It was cancelled, or swept away, at this very moment.
            raise refusals.upload_not_found(place, name, upload_id) from None
        is_file_used = False
        try:
            with service.database.writing() as connection:
                if not connection.execute(delete(uploads).where(uploads.c.id == row.id)).rowcount:
                    raise refusals.upload_not_found(place, name, upload_id)
                is_file_used = _record(connection, row, digest, file, now)
                is_new = layers.put(connection, repository.id, digest, now)
        finally:
            if not is_file_used:
                service.blobs.delete(file)
    service.running.forget(upload_id)
    if not is_new and not is_repeatable:
        raise refusals.layer_already_exists(repository, digest)
    return Layer(digest, row.size_bytes, is_new)


def _record(connection: Connection, row: UploadRow, digest: str, file: str, now: datetime) -> bool:
    """Have an upload become a blob; whether its file is the blob's, which may be there already."""
    values = {"digest": digest, "file": file, "size_bytes": row.size_bytes, "created_at": now}
    connection.execute(upsert(blobs).values(values).on_conflict_do_nothing())
    kept = connection.execute(select(blobs.c.file).where(blobs.c.digest == digest)).scalar_one()
    return bool(kept == file)


def cancel(service: Service, place: Place, name: str, upload_id: str) -> None:
    """Give an upload up; raises Refusal, UploadNotFoundException."""
    with service.database.writing(is_synced=False) as connection:
        require_upload(connection, place, name, upload_id)
        connection.execute(delete(uploads).where(uploads.c.id == upload_id))
    path_of(service, upload_id).unlink(missing_ok=True)
    service.running.forget(upload_id)
