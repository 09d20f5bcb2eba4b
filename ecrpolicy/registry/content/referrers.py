"""Referrers: images that say which other image they are about, such as signatures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from ecrpolicy.registry.content.images import ACTIVE
from ecrpolicy.registry.content.manifests import read
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import images


@dataclass(frozen=True, slots=True)
class Referrer:
    """A referrer; `id` is for paging, `size_bytes` is what the image takes, layers and all."""

    id: int
    digest: str
    media_type: str
    artifact_type: str | None
    manifest_bytes: int
    size_bytes: int
    status: str
    annotations: Mapping[str, str] = field(hash=False)


def of(
    connection: Connection,
    repository: StoredRepository,
    digest: str,
    artifact_types: Collection[str] = (),
    *,
    statuses: Collection[str] = (ACTIVE,),
    last_id: int | None = None,
    limit: int | None = None,
) -> tuple[Referrer, ...]:
    """What refers to an image, whether or not that is there, in the order of the pushes.

    Of some artifact types, if any are given, and behind one referrer; those that are archived are
    left out unless `statuses` has them (Amazon ECR API Reference, "ListImageReferrersFilter").
    """
    chosen = select(
        images.c.id,
        images.c.digest,
        images.c.media_type,
        images.c.artifact_type,
        images.c.manifest,
        images.c.size_bytes,
        images.c.status,
    ).where(
        images.c.repository_id == repository.id,
        images.c.subject == digest,
        images.c.status.in_(statuses),
    )
    if artifact_types:
        chosen = chosen.where(images.c.artifact_type.in_(artifact_types))
    if last_id is not None:
        chosen = chosen.where(images.c.id > last_id)
    rows = connection.execute(chosen.order_by(images.c.id).limit(limit))
    return tuple(
        Referrer(
            id_,
            own,
            media_type,
            artifact_type,
            len(manifest),
            size,
            status,
            read(manifest, media_type).annotations,
        )
        for id_, own, media_type, artifact_type, manifest, size, status in rows
    )
