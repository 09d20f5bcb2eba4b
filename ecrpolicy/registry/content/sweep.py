"""The sweep: what nothing refers to any more goes, and what nobody goes on with.

A layer goes when no image of its repository has it, and nobody has seen it for a while
(`layers.GRACE`); a blob when it is a layer of no repository; an upload when nobody has touched it
for a while. Rows go first, in transactions that look again, and only then files. A file's name has
the upload in it that brought it, and that upload is on record until the blob is: so a file of which
neither is on record is nobody's, whatever goes on at the same time, in whichever process.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, select

from ecrpolicy.registry.content.appending import path_of
from ecrpolicy.registry.content.images import is_of
from ecrpolicy.registry.content.layers import GRACE
from ecrpolicy.registry.content.upload_rows import is_upload_id
from ecrpolicy.registry.metadata.tables import blobs, image_blobs, images, layers, uploads
from ecrpolicy.registry.service import Service

_UPLOAD_LIFE: Final = timedelta(hours=24)

# So few rows in one transaction: pushes wait as long as it takes.
_SOME: Final = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files of blobs and of uploads were deleted."""

    blobs: int
    uploads: int


def sweep(service: Service, now: datetime) -> Swept:
    """Delete what nothing needs; several processes may do so at a time, while others push."""
    _forget_uploads(service, now)
    _forget_layers(service, now)
    _forget_blobs(service)
    return Swept(_delete_blobs(service), _delete_uploads(service))


def _forget_uploads(service: Service, now: datetime) -> None:
    """Old uploads go, but for those that somebody has locked: a large part may take its time."""
    is_old = uploads.c.touched_at < now - _UPLOAD_LIFE
    with service.database.reading() as connection:
        old = list(connection.execute(select(uploads.c.id).where(is_old)).scalars())
    for some in _portions([each for each in old if not _is_locked(service, each)]):
        with service.database.writing(is_synced=False) as connection:
            connection.execute(delete(uploads).where(uploads.c.id.in_(some), is_old))


def _is_locked(service: Service, upload_id: str) -> bool:
    try:
        descriptor = os.open(path_of(service, upload_id), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _forget_layers(service: Service, now: datetime) -> None:
    """Layers that no image of their repository has, and that nobody was told of lately."""
    used = (
        select(images.c.id)
        .join(image_blobs, image_blobs.c.image_id == images.c.id)
        .where(is_of(layers.c.repository_id), image_blobs.c.digest == layers.c.digest)
    )
    is_unused = and_(layers.c.seen_at < now - GRACE, ~exists(used))
    chosen = select(layers.c.repository_id, layers.c.digest).where(is_unused)
    with service.database.reading() as connection:
        found = connection.execute(chosen).all()
    for some in _portions(found):
        with service.database.writing(is_synced=False) as connection:
            for repository_id, digest in some:
                connection.execute(
                    delete(layers).where(
                        layers.c.repository_id == repository_id,
                        layers.c.digest == digest,
                        is_unused,
                    )
                )


def _forget_blobs(service: Service) -> None:
    """Blobs that are layers of no repository."""
    is_unused = ~exists(select(layers.c.digest).where(layers.c.digest == blobs.c.digest))
    with service.database.reading() as connection:
        found = list(connection.execute(select(blobs.c.digest).where(is_unused)).scalars())
    for some in _portions(found):
        # Synced: after a power cut no row may come back whose file has gone.
        with service.database.writing() as connection:
            connection.execute(delete(blobs).where(blobs.c.digest.in_(some), is_unused))


def _delete_blobs(service: Service) -> int:
    deleted = 0
    for files in service.blobs.files():
        # The files were listed first, so each was on record then, or is nobody's.
        brought_by = {each: service.blobs.upload_of(each) for each in files}
        with service.database.reading() as connection:
            kept = _known(connection, blobs.c.file, files)
            coming = _known(connection, uploads.c.id, [each or "" for each in brought_by.values()])
        for file, upload_id in brought_by.items():
            if upload_id is not None and file not in kept and upload_id not in coming:
                service.blobs.delete(file)
                deleted += 1
    return deleted


def _delete_uploads(service: Service) -> int:
    deleted = 0
    with os.scandir(service.settings.uploads) as entries:
        files = [each.name for each in entries if is_upload_id(each.name)]
    for some in _portions(files):
        with service.database.reading() as connection:
            coming = _known(connection, uploads.c.id, some)
        for upload_id in set(some) - coming:
            path_of(service, upload_id).unlink(missing_ok=True)
            service.running.forget(upload_id)
            deleted += 1
    return deleted


def _known(connection: Connection, column: ColumnElement[str], values: Sequence[str]) -> set[str]:
    return set(connection.execute(select(column).where(column.in_(values))).scalars())


def _portions(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), _SOME):
        yield rows[start : start + _SOME]
