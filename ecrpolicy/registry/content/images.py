"""Images as they are stored, and as the library knows them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from ecrpolicy.registry.content.refusals import image_not_found
from ecrpolicy.registry.metadata.prepared import Prepared
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import blobs, image_blobs, image_children, images, tags
from ecrpolicy.snapshot import Image, Layer, StorageClass

ACTIVE: Final = "ACTIVE"
ARCHIVED: Final = "ARCHIVED"

_STORAGE_CLASSES: Final = {
    ACTIVE: StorageClass.STANDARD,
    ARCHIVED: StorageClass.ARCHIVE,
    "ACTIVATING": StorageClass.ACTIVATING,
}

# More images than this are read with all others of their repository.
_FEW: Final = 500


@dataclass(frozen=True, slots=True)
class StoredImage:
    """An image without its manifest; `status` is the API's `imageStatus`, sizes are bytes."""

    tags: tuple[str, ...]
    id: int
    digest: str
    media_type: str
    artifact_type: str | None
    subject: str | None
    size_bytes: int
    pushed_at: datetime
    pulled_at: datetime | None
    status: str
    archived_at: datetime | None
    activated_at: datetime | None

    @property
    def is_active(self) -> bool:
        """Whether it can be pulled."""
        return self.status == ACTIVE


_COLUMNS: Final = (
    images.c.id,
    images.c.digest,
    images.c.media_type,
    images.c.artifact_type,
    images.c.subject,
    images.c.size_bytes,
    images.c.pushed_at,
    images.c.pulled_at,
    images.c.status,
    images.c.archived_at,
    images.c.activated_at,
)
_MANIFEST: Final = Prepared(select(images.c.manifest).where(images.c.id == bindparam("image")))
_TAGS: Final = Prepared(
    select(tags.c.tag).where(tags.c.image_id == bindparam("image")).order_by(tags.c.tag)
)


def find(
    connection: Connection,
    repository: StoredRepository,
    *,
    digest: str | None = None,
    tag: str | None = None,
) -> StoredImage | None:
    """The image of a digest, of a tag, or of both if the tag is on it; None where there is none."""
    asked = {"repository": repository.id, "digest": digest, "tag": tag}
    row = connection.execute(_chosen(digest is not None, tag is not None), asked).first()
    if row is None:
        return None
    named = _TAGS.all(connection, {"image": row[0]})
    return StoredImage(tuple(tag for (tag,) in named), *row)


def one(
    connection: Connection,
    repository: StoredRepository,
    *,
    digest: str | None = None,
    tag: str | None = None,
) -> StoredImage:
    """As `find`; raises Refusal, ImageNotFoundException, where there is none."""
    found = find(connection, repository, digest=digest, tag=tag)
    if found is None:
        raise image_not_found(repository, digest=digest, tag=tag)
    return found


def manifest_of(connection: Connection, image: StoredImage) -> bytes:
    """The manifest of an image, byte for byte as it was pushed."""
    (manifest,) = _MANIFEST.first(connection, {"image": image.id})
    return bytes(manifest)


def all_images(connection: Connection, repository: StoredRepository) -> tuple[StoredImage, ...]:
    """All images of a repository, in the order in which they were pushed first."""
    chosen = select(*_COLUMNS).where(images.c.repository_id == repository.id)
    return _with_tags(connection, repository, connection.execute(chosen.order_by(images.c.id)))


def of_digests(
    connection: Connection, repository: StoredRepository, digests: Collection[str]
) -> dict[str, StoredImage]:
    """Those of the images that are there, by digest."""
    found: dict[str, StoredImage] = {}
    for some in _portions(list(digests)):
        chosen = select(*_COLUMNS).where(
            images.c.repository_id == repository.id, images.c.digest.in_(some)
        )
        rows = connection.execute(chosen)
        found |= {each.digest: each for each in _with_tags(connection, repository, rows)}
    return found


def snapshot_of(
    connection: Connection,
    repository: StoredRepository,
    found: Sequence[StoredImage],
    *,
    with_layers: bool = False,
) -> tuple[Image, ...]:
    """Images as the library knows them; layers are left out unless they are asked for."""
    ids = [each.id for each in found]
    children = _grouped(connection, _children(), repository, ids)
    layers = _grouped(connection, _layers(), repository, ids) if with_layers else {}
    return tuple(
        Image(
            digest=each.digest,
            pushed_at=each.pushed_at,
            tags=each.tags,
            pulled_at=each.pulled_at,
            storage_class=_STORAGE_CLASSES[each.status],
            archived_at=each.archived_at,
            activated_at=each.activated_at,
            size_bytes=each.size_bytes,
            manifest_media_type=each.media_type,
            artifact_media_type=each.artifact_type,
            subject=each.subject,
            manifests=tuple(digest for (digest,) in children.get(each.id, ())),
            layers=tuple(Layer(*layer) for layer in layers.get(each.id, ())),
            repository=repository.name,
            registry_id=repository.place.account,
        )
        for each in found
    )


def holders(connection: Connection, repository: StoredRepository, digest: str) -> tuple[str, ...]:
    """The digests of the indexes that refer to an image."""
    chosen = (
        select(images.c.digest)
        .join(image_children, image_children.c.image_id == images.c.id)
        .where(is_of(repository.id), image_children.c.digest == digest)
        .order_by(images.c.id)
    )
    return tuple(connection.execute(chosen).scalars())


def is_of(repository_id: int | ColumnElement[int]) -> ColumnElement[bool]:
    """That an image is of a repository, as a condition that the images are not looked up by.

    Those are few that another condition finds, and may be a hundred thousand that this one does
    (SQLite, "Disqualifying WHERE Clause Terms Using Unary-+").
    """
    return images.c.repository_id + 0 == repository_id


def tag_count(connection: Connection, image_id: int) -> int:
    """How many tags an image has."""
    counted = select(func.count()).select_from(tags).where(tags.c.image_id == image_id)
    return int(connection.execute(counted).scalar_one())


@cache
def _chosen(by_digest: bool, by_tag: bool) -> Select[Any]:  # noqa: FBT001
    """The query for an image: it is made once for all."""
    chosen = select(*_COLUMNS)
    if by_tag:
        chosen = chosen.join(tags, tags.c.image_id == images.c.id).where(
            tags.c.repository_id == bindparam("repository"), tags.c.tag == bindparam("tag")
        )
    else:
        chosen = chosen.where(images.c.repository_id == bindparam("repository"))
    if by_digest or not by_tag:
        chosen = chosen.where(images.c.digest == bindparam("digest"))
    return chosen


def _with_tags(
    connection: Connection, repository: StoredRepository, rows: Iterable[Any]
) -> tuple[StoredImage, ...]:
    found = list(rows)
    named = _tags_of(connection, repository, [row[0] for row in found])
    return tuple(StoredImage(named[row[0]], *row) for row in found)


def _tags_of(
    connection: Connection, repository: StoredRepository, ids: Sequence[int]
) -> Mapping[int, tuple[str, ...]]:
    chosen = select(tags.c.image_id, tags.c.tag).order_by(tags.c.image_id, tags.c.tag)
    found = _grouped(connection, chosen, repository, ids)
    return defaultdict(tuple, {id_: tuple(tag for (tag,) in rows) for id_, rows in found.items()})


def _children() -> Select[Any]:
    return select(image_children.c.image_id, image_children.c.digest)


def _layers() -> Select[Any]:
    return select(image_blobs.c.image_id, blobs.c.digest, blobs.c.size_bytes).join(
        blobs, blobs.c.digest == image_blobs.c.digest
    )


def _grouped(
    connection: Connection, chosen: Select[Any], repository: StoredRepository, ids: Sequence[int]
) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by the image in their first column: of few images, or of all of the repository."""
    image_id = chosen.selected_columns[0]
    if len(ids) <= _FEW:
        chosen = chosen.where(image_id.in_(ids))
    else:
        chosen = chosen.join(images, images.c.id == image_id).where(
            images.c.repository_id == repository.id
        )
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for first, *rest in connection.execute(chosen):
        found[first].append(tuple(rest))
    return found


def _portions(digests: list[str]) -> Iterable[list[str]]:
    return (digests[start : start + _FEW] for start in range(0, len(digests), _FEW))
