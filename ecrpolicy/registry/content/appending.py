"""The file of an upload while somebody has it: locked, written to, hashed."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from sqlalchemy import update

from ecrpolicy import quotas
from ecrpolicy.registry.content import refusals
from ecrpolicy.registry.content.upload_rows import UploadRow, is_upload_id, require_upload
from ecrpolicy.registry.metadata.repositories import StoredRepository, require
from ecrpolicy.registry.metadata.tables import uploads
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service

if TYPE_CHECKING:
    from hashlib import _Hash

PIECE: Final = 1 << 20
"""How much is written at a time, in bytes."""

MIB: Final = 1 << 20

# The disk begins to write after so many bytes, so that little is left to sync at the end.
_AHEAD: Final = 8 << 20


def path_of(service: Service, upload_id: str) -> Path:
    """The file of an upload; raises ValueError for what is no id."""
    if not is_upload_id(upload_id):
        raise ValueError(f"`{upload_id[:80]}` is no id of an upload")
    return service.settings.uploads / upload_id


class LockedUpload:
    """An upload whose file is open, and nobody else's until it is closed."""

    def __init__(
        self, service: Service, repository: StoredRepository, row: UploadRow, descriptor: int
    ) -> None:
        self.service = service
        self.repository = repository
        self.row = row
        self.descriptor = descriptor

    def state(self) -> "_Hash":
        """The digest so far, to go on with: the one that is kept, or read from the disk."""
        kept = self.service.running.take(self.row.id, self.row.size_bytes)
        if kept is not None:
            return kept
        state, at = hashlib.sha256(), 0
        while piece := os.pread(self.descriptor, min(PIECE, self.row.size_bytes - at), at):
            state.update(piece)
            at += len(piece)
        return state

    def digest(self) -> str:
        """The digest of what has come."""
        state = self.state()
        self.service.running.keep(self.row.id, self.row.size_bytes, state)
        return f"sha256:{state.hexdigest()}"


@contextmanager
def locked(service: Service, place: Place, name: str, upload_id: str) -> Iterator[LockedUpload]:
    """An upload, locked for the block; raises Refusal where it is not there, or is taken."""
    upload = take(service, place, name, upload_id)
    try:
        yield upload
    finally:
        os.close(upload.descriptor)


def take(service: Service, place: Place, name: str, upload_id: str) -> LockedUpload:
    """Lock an upload; whoever does closes its descriptor."""
    descriptor = _opened(service, place, name, upload_id)
    try:
        is_free = _is_locked_by_us(descriptor)
        # Now nobody else can change it: this is how far it has come.
        with service.database.reading() as connection:
            repository, row = require_upload(connection, place, name, upload_id)
        if not is_free:
            raise refusals.invalid_part(repository, upload_id, row.size_bytes)
        if not _is_whole(path_of(service, upload_id), descriptor, row):
            raise refusals.upload_not_found(place, name, upload_id)
        os.ftruncate(descriptor, row.size_bytes)
    except BaseException:
        os.close(descriptor)
        raise
    return LockedUpload(service, repository, row, descriptor)


def _opened(service: Service, place: Place, name: str, upload_id: str) -> int:
    try:
        if is_upload_id(upload_id):
            return os.open(path_of(service, upload_id), os.O_RDWR)
    except FileNotFoundError:
        pass
    with service.database.reading() as connection:
        require(connection, place, name)
    raise refusals.upload_not_found(place, name, upload_id)


def _is_locked_by_us(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_whole(path: Path, descriptor: int, row: UploadRow) -> bool:
    """Whether the locked file is the upload's, with all that has come.

    It is not where somebody has finished the upload in between, or died before that was recorded;
    and where the power was cut.
    """
    opened = os.fstat(descriptor)
    try:
        return os.path.samestat(opened, path.stat()) and opened.st_size >= row.size_bytes
    except FileNotFoundError:
        return False


class Appender:
    """Writes on to an upload: between `open` and `close`, or in a `with` block.

    Raises Refusal as `uploads.append` does. What was written counts when it is closed, whatever
    happened, unless it is not of the `length` that was told; nothing of it is synced yet. No two
    threads may use one at the same time.
    """

    def __init__(
        self,
        service: Service,
        place: Place,
        name: str,
        upload_id: str,
        first_byte: int | None,
        now: datetime,
        *,
        length: int | None = None,
        is_part: bool = False,
    ) -> None:
        self._service = service
        self._where = place, name, upload_id
        self._first_byte = first_byte
        self._now = now
        self._length = length
        self._is_part = is_part
        self._upload: LockedUpload | None = None
        self._state: _Hash = hashlib.sha256()
        self._before = self._state
        self._written_ahead = 0
        self.size_bytes = 0

    def open(self) -> None:
        """Take the upload."""
        upload = take(self._service, *self._where)
        try:
            self._check(upload)
            self._state = upload.state()
            self._before = self._state.copy()
            os.lseek(upload.descriptor, 0, os.SEEK_END)
        except BaseException:
            os.close(upload.descriptor)
            raise
        self._upload = upload
        self.size_bytes = self._written_ahead = upload.row.size_bytes

    def _check(self, upload: LockedUpload) -> None:
        row, repository = upload.row, upload.repository
        if self._first_byte not in (None, row.size_bytes):
            raise refusals.invalid_part(repository, row.id, row.size_bytes)
        if self._is_part and row.parts >= quotas.LAYER_PARTS.value:
            raise refusals.too_many_parts(repository, row.id, quotas.LAYER_PARTS.value)

    def write(self, chunk: bytes) -> None:
        """Write on; the digest goes along."""
        upload = self._opened()
        self._check_size(upload, self.size_bytes + len(chunk))
        rest = memoryview(chunk)
        while rest:
            rest = rest[os.write(upload.descriptor, rest) :]
        self._state.update(chunk)
        self.size_bytes += len(chunk)
        if self.size_bytes - self._written_ahead >= _AHEAD:
            self._write_ahead(upload.descriptor)

    def _check_size(self, upload: LockedUpload, size_bytes: int) -> None:
        row, repository = upload.row, upload.repository
        part_bytes = size_bytes - row.size_bytes
        if self._length is not None and part_bytes > self._length:
            raise self._taken_back(upload)
        if self._is_part and part_bytes > quotas.LAYER_PART_MAX_SIZE.value * MIB:
            raise refusals.invalid_part(repository, row.id, row.size_bytes)
        most = quotas.LAYER_MAX_SIZE.value
        if size_bytes > most * MIB:
            raise refusals.layer_too_large(repository, row.id, most)

    def end(self) -> None:
        """Say that all has come; raises Refusal where that is less than `length`."""
        upload = self._opened()
        if self._length not in (None, self.size_bytes - upload.row.size_bytes):
            raise self._taken_back(upload)

    def _taken_back(self, upload: LockedUpload) -> Refusal:
        """Have nothing count of what was written, which is not as long as it was to be."""
        self.size_bytes, self._state = upload.row.size_bytes, self._before
        os.ftruncate(upload.descriptor, self.size_bytes)
        return refusals.invalid_part(upload.repository, upload.row.id, self.size_bytes)

    def _write_ahead(self, descriptor: int) -> None:
        """Have the disk begin: on Linux, "not needed" makes it write what is not yet written."""
        if hasattr(os, "posix_fadvise"):
            length = self.size_bytes - self._written_ahead
            os.posix_fadvise(descriptor, self._written_ahead, length, os.POSIX_FADV_DONTNEED)
        self._written_ahead = self.size_bytes

    def close(self) -> None:
        """Have what was written count, and let the upload go."""
        upload, self._upload = self._opened(), None
        row = upload.row
        change = update(uploads).where(uploads.c.id == row.id).values(**self._changed(row))
        try:
            with self._service.database.writing(is_synced=False) as connection:
                is_there = connection.execute(change).rowcount == 1
            if not is_there:
                # It was cancelled, or its repository was deleted.
                path_of(self._service, row.id).unlink(missing_ok=True)
                raise refusals.upload_not_found(*self._where)
            self._service.running.keep(row.id, self.size_bytes, self._state)
        finally:
            os.close(upload.descriptor)

    def _changed(self, row: UploadRow) -> dict[str, object]:
        changed: dict[str, object] = {"size_bytes": self.size_bytes, "touched_at": self._now}
        if self._is_part:
            least = quotas.LAYER_PART_MIN_SIZE.value * MIB
            is_small = row.parts > 0 and row.last_part_bytes < least
            changed |= {
                "parts": row.parts + 1,
                "last_part_bytes": self.size_bytes - row.size_bytes,
                "has_small_part": row.has_small_part or is_small,
            }
        return changed

    def _opened(self) -> LockedUpload:
        if self._upload is None:
            raise ValueError("the upload is not open")
        return self._upload

    def __enter__(self) -> "Appender":
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
