"""Layers of repositories: the blobs that images are made of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, exists, select, update
from sqlalchemy.dialects.sqlite import insert

from ecrpolicy.registry.content.images import ARCHIVED, is_of
from ecrpolicy.registry.content.schema1 import EMPTY_LAYER
from ecrpolicy.registry.metadata.repositories import Find, StoredRepository, require
from ecrpolicy.registry.metadata.tables import blobs, image_blobs, images, layers
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.service import Service

GRACE: Final = timedelta(hours=24)
"""How long a layer that no image has is kept after somebody was told that it is there."""

# A layer that was seen a short while ago is not marked again: most pushes mark nothing.
_SEEN_LATELY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Blob:
    """A layer that can be read: `file` is for `service.blobs`."""

    digest: str
    size_bytes: int
    file: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that was put in a repository; `is_new` is whether it was not there before."""

    digest: str
    size_bytes: int
    is_new: bool = True


def find(connection: Connection, repository: StoredRepository, digest: str) -> Blob | None:
    """A layer of a repository, to read it; None where there is none."""
    row = connection.execute(
        select(blobs.c.digest, blobs.c.size_bytes, blobs.c.file)
        .join(layers, layers.c.digest == blobs.c.digest)
        .where(layers.c.repository_id == repository.id, layers.c.digest == digest)
    ).first()
    return None if row is None else Blob(*row)


def is_used(connection: Connection, repository: StoredRepository, digest: str) -> bool:
    """Whether an image of the repository has the layer.

    One that none has is not given out (Amazon ECR API Reference, "GetDownloadUrlForLayer").
    """
    used = (
        select(images.c.id)
        .join(image_blobs, image_blobs.c.image_id == images.c.id)
        .where(is_of(repository.id), image_blobs.c.digest == digest)
    )
    return bool(connection.execute(select(exists(used))).scalar())


def archived(
    connection: Connection, repository: StoredRepository, digests: Collection[str]
) -> frozenset[str]:
    """Those of the digests that are layers of archived images of the repository, and of no others.

    They are there, but are not given out. One that no image has is not among them, nor the empty
    one: manifests that are made for old clients have it, whatever their images have.
    """
    holders = (
        select(images.c.id)
        .join(image_blobs, image_blobs.c.image_id == images.c.id)
        .where(is_of(repository.id), image_blobs.c.digest == layers.c.digest)
    )
    chosen = select(layers.c.digest).where(
        layers.c.repository_id == repository.id,
        layers.c.digest.in_(digests),
        layers.c.digest != EMPTY_LAYER,
        exists(holders),
        ~exists(holders.where(images.c.status != ARCHIVED)),
    )
    return frozenset(connection.execute(chosen).scalars())


def present(
    service: Service, repository: StoredRepository, digests: Collection[str], now: datetime
) -> dict[str, int]:
    """Those of the digests that are layers of the repository, with their sizes in bytes.

    Whoever asks is about to refer to them: they are kept for a while (`GRACE`).
    """
    chosen = (
        select(layers.c.digest, blobs.c.size_bytes, layers.c.seen_at)
        .join(blobs, blobs.c.digest == layers.c.digest)
        .where(layers.c.repository_id == repository.id, layers.c.digest.in_(digests))
    )
    with service.database.reading() as connection:
        found = connection.execute(chosen).all()
    if all(now - seen_at < _SEEN_LATELY for _, _, seen_at in found):
        return {digest: size for digest, size, _ in found}
    with service.database.writing(is_synced=False) as connection:
        # Read again: a sweep may have come first.
        found = connection.execute(chosen).all()
        connection.execute(
            update(layers)
            .where(layers.c.repository_id == repository.id, layers.c.digest.in_(digests))
            .values(seen_at=now)
        )
    return {digest: size for digest, size, _ in found}


def mount(
    service: Service,
    place: Place,
    from_name: str,
    to_name: str,
    digest: str,
    now: datetime,
    find_target: Find = require,
) -> Layer | None:
    """Put a layer of one repository into another of the registry; None where it is not there.

    One that is given out to nobody, since only archived images have it, is not mounted either.

    Whether the caller may read the one and push to the other is the caller's to ask.
    Raises Refusal where one of the repositories is not there; `find_target` may make the second.
    """
    with service.database.writing() as connection:
        source = require(connection, place, from_name)
        found = find(connection, source, digest)
        if found is None or archived(connection, source, (digest,)):
            return None
        target = find_target(connection, place, to_name)
        is_new = put(connection, target.id, digest, now)
    return Layer(digest, found.size_bytes, is_new)


def put(connection: Connection, repository_id: int, digest: str, now: datetime) -> bool:
    """Note that a blob is a layer of a repository; whether it was none before."""
    is_new = not connection.execute(
        update(layers)
        .where(layers.c.repository_id == repository_id, layers.c.digest == digest)
        .values(seen_at=now)
    ).rowcount
    if is_new:
        values = {"repository_id": repository_id, "digest": digest, "seen_at": now}
        connection.execute(insert(layers).values(values))
    return is_new
