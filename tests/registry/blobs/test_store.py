import os
from pathlib import Path

import pytest

from ecrpolicy.registry.blobs.store import BlobStore
from tests import coroutines
from tests.registry.content.service import sha256

UPLOAD = "11111111-2222-3333-4444-555555555555"
OTHER = "66666666-7777-8888-9999-000000000000"
CONTENT = bytes(range(256)) * 12_000  # three megabytes: more than two pieces


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs")


def adopted(store: BlobStore, directory: Path, content: bytes, upload: str = UPLOAD) -> str:
    staged = directory / upload
    staged.write_bytes(content)
    file = store.file_name(sha256(content), upload)
    store.adopt(staged, file)
    return file


def test_content_is_moved_into_place(store: BlobStore, tmp_path: Path) -> None:
    file = adopted(store, tmp_path, CONTENT)
    assert not (tmp_path / UPLOAD).exists()
    assert store.exists(file)
    assert store.size(file) == len(CONTENT)
    assert b"".join(store.read(file)) == CONTENT


def test_content_is_synced_before_it_is_moved_and_its_directory_after(
    store: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def synced(descriptor: int) -> None:
        done.append("sync")
        fsync(descriptor)

    def moved(source: Path, target: Path) -> Path:
        done.append("move")
        return rename(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "rename", moved)
    adopted(store, tmp_path, CONTENT)
    assert done == ["sync", "move", "sync"]


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1), (5, 1_500_000), (2_000_000, None), (len(CONTENT), None)]
)
def test_a_part_is_read(store: BlobStore, tmp_path: Path, start: int, end: int | None) -> None:
    file = adopted(store, tmp_path, CONTENT)
    assert b"".join(store.read(file, start, end)) == CONTENT[start:end]


def test_pieces_are_large(store: BlobStore, tmp_path: Path) -> None:
    file = adopted(store, tmp_path, CONTENT)
    assert [len(each) for each in store.read(file)] == [1 << 20, 1 << 20, len(CONTENT) - (2 << 20)]


def test_the_event_loop_reads_the_same(store: BlobStore, tmp_path: Path) -> None:
    file = adopted(store, tmp_path, CONTENT)

    async def read() -> bytes:
        return b"".join([each async for each in store.stream(file, 7, 2_000_000)])

    assert coroutines.run(read()) == CONTENT[7:2_000_000]


def test_whoever_reads_a_blob_that_is_deleted_gets_all_of_it(
    store: BlobStore, tmp_path: Path
) -> None:
    file = adopted(store, tmp_path, CONTENT)
    pieces = store.read(file)
    first = next(pieces)
    store.delete(file)
    assert first + b"".join(pieces) == CONTENT


def test_a_missing_blob_is_missed_before_the_first_piece(store: BlobStore) -> None:
    file = store.file_name(sha256(b"nothing"), UPLOAD)
    assert not store.exists(file)
    with pytest.raises(FileNotFoundError):
        store.read(file)
    with pytest.raises(FileNotFoundError):
        store.stream(file)
    with pytest.raises(FileNotFoundError):
        store.size(file)


def test_two_uploads_of_one_content_have_two_files(store: BlobStore, tmp_path: Path) -> None:
    first = adopted(store, tmp_path, CONTENT, UPLOAD)
    second = adopted(store, tmp_path, CONTENT, OTHER)
    store.delete(first)
    assert b"".join(store.read(second)) == CONTENT
    assert [store.upload_of(each) for each in (first, second)] == [UPLOAD, OTHER]


def test_files_are_listed(store: BlobStore, tmp_path: Path) -> None:
    files = {adopted(store, tmp_path, bytes([number])) for number in range(5)}
    assert {each for some in store.files() for each in some} == files


def test_what_is_not_there_can_be_deleted(store: BlobStore, tmp_path: Path) -> None:
    file = adopted(store, tmp_path, CONTENT)
    store.delete(file)
    store.delete(file)
    assert not store.exists(file)


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "", "a", f"{'0' * 64}.../../../../../../../../etc/passwd"]
)
def test_no_other_file_is_read_or_deleted(store: BlobStore, name: str) -> None:
    with pytest.raises(ValueError, match="no name of a blob's file"):
        store.read(name)
    with pytest.raises(ValueError, match="no name of a blob's file"):
        store.delete(name)


@pytest.mark.parametrize(
    ("digest", "upload"),
    [
        ("sha256:../../secret", UPLOAD),
        (f"sha512:{'0' * 64}", UPLOAD),
        (f"sha256:{'0' * 63}", UPLOAD),
        (f"sha256:{'A' * 64}", UPLOAD),
        (f"sha256:{'0' * 64}", "../../etc/passwd"),
        (f"sha256:{'0' * 64}", f"{UPLOAD}\n"),
    ],
)
def test_no_other_names_are_made(digest: str, upload: str) -> None:
    with pytest.raises(ValueError, match="cannot be kept"):
        BlobStore.file_name(digest, upload)
