"""Blobs as files: moved into place whole, read in big pieces, listed and deleted.

A blob's file has the digest and the upload that brought it in its name. So no two uploads ever
write one file, and a sweep that deletes an old file cannot hit a new one of the same content; the
database says which file counts.
"""

import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from anyio import to_thread
from obstore.store import LocalStore

from ecrpolicy.registry.blobs.digests import is_digest
from ecrpolicy.registry.blobs.durable import make_directory, sync_directory

_KIND: Final = "sha256"
_NAME: Final = re.compile(r"([0-9a-f]{64})\.([0-9a-f-]{36})")
_PIECE: Final = 1 << 20


class BlobStore:
    """The blobs below a directory; each has a file of a name that `file_name` makes."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory / _KIND
        make_directory(self._directory)
        self._store = LocalStore(prefix=self._directory)

    @staticmethod
    def file_name(digest: str, upload_id: str) -> str:
        """The name of the file of content that an upload brought; raises ValueError."""
        name = f"{digest.removeprefix(f'{_KIND}:')}.{upload_id}"
        if not is_digest(digest) or not _NAME.fullmatch(name):
            raise ValueError(f"`{digest}` of the upload `{upload_id}` cannot be kept")
        return name

    @staticmethod
    def upload_of(file: str) -> str | None:
        """The upload that a file came from, None for a file that was not made here."""
        match = _NAME.fullmatch(file)
        return match[2] if match else None

    def adopt(self, staged: Path, file: str) -> None:
        """Move a file into place; when this returns, it is there for good."""
        descriptor = os.open(staged, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        staged.rename(self._path(file))
        sync_directory(self._directory)

    def size(self, file: str) -> int:
        """How many bytes a file has; raises FileNotFoundError."""
        return self._path(file).stat().st_size

    def exists(self, file: str) -> bool:
        """Whether there is such a file."""
        return self._path(file).exists()

    def read(self, file: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to before `end`, in pieces of a megabyte.

        Raises FileNotFoundError at once, not at the first piece. Whoever reads has the file open,
        and gets all of it even if it is deleted meanwhile: obstore opens it for each piece anew.
        """
        return self._reading(file, start, end).pieces()

    def stream(self, file: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """As `read`, for the event loop."""
        return self._reading(file, start, end).stream()

    def files(self) -> Iterator[list[str]]:
        """The names of all files, some at a time."""
        for found in self._store.list(chunk_size=1_000):
            yield [each["path"] for each in found]

    def delete(self, file: str) -> None:
        """Delete a file, if it is there."""
        with suppress(FileNotFoundError):
            self._store.delete(_checked(file))

    def _reading(self, file: str, start: int, end: int | None) -> "_Reading":
        return _Reading(os.open(self._path(file), os.O_RDONLY), start, end)

    def _path(self, file: str) -> Path:
        return self._directory / _checked(file)


def _checked(file: str) -> str:
    if not _NAME.fullmatch(file):
        raise ValueError(f"`{file}` is no name of a blob's file")
    return file


class _Reading:
    """A part of an open file; closed when all of it is read, or when nobody wants it any more."""

    def __init__(self, descriptor: int, start: int, end: int | None) -> None:
        self._descriptor: int | None = descriptor
        self._at = start
        self._end = os.fstat(descriptor).st_size if end is None else end

    def pieces(self) -> Iterator[bytes]:
        try:
            while piece := self._next():
                yield piece
        finally:
            self._close()

    async def stream(self) -> AsyncIterator[bytes]:
        try:
            while piece := await to_thread.run_sync(self._next):
                yield piece
        finally:
            self._close()

    def _next(self) -> bytes:
        if self._descriptor is None:
            return b""
        piece = os.pread(self._descriptor, min(_PIECE, self._end - self._at), self._at)
        self._at += len(piece)
        return piece

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self._close()
