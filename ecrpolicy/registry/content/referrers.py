"""Referrers: images that say which other image they are about, such as signatures."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select

from ecrpolicy.registry.content.images import ACTIVE
from ecrpolicy.registry.content.manifests import read
from ecrpolicy.registry.metadata.repositories import StoredRepository
from ecrpolicy.registry.metadata.tables import images

MOST_BYTES: Final = 4 * 1024 * 1024 - 1024
"""How much is told of referrers in one answer: an index of them is a manifest, of 4 MiB at most."""

# Annotations are read out of the manifests, most of which may be something else.
_MOST_READ: Final = 16 * MOST_BYTES


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
) -> Iterator[Referrer]:
    """What refers to an image, whether or not that is there, in the order of the pushes.

    One after the other, while the connection is open: together, their manifests may be large. Of
    some artifact types, if any are given, and behind one referrer; those that are archived are
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
    for id_, own, media_type, artifact_type, manifest, size, status in rows:
        yield Referrer(
            id_,
            own,
            media_type,
            artifact_type,
            len(manifest),
            size,
            status,
            read(manifest, media_type).annotations,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """What is told of referrers, as JSON; `last` is the last of them, if there is more."""

    told: tuple[Mapping[str, Any], ...] = field(hash=False)
    last: Referrer | None


def page(
    found: Iterable[Referrer], most: int, tell: Callable[[Referrer], Mapping[str, Any]]
) -> Page:
    """As many as an answer has room for: one at least, and `most` at most.

    `found` must go on behind those, where there is more: a limit of its own is larger than `most`.
    """
    told: list[Mapping[str, Any]] = []
    last: Referrer | None = None
    told_bytes = read_bytes = 0
    for each in found:
        value = tell(each)
        told_bytes += len(json.dumps(value)) + 1
        read_bytes += each.manifest_bytes
        is_full = len(told) == most or told_bytes > MOST_BYTES or read_bytes > _MOST_READ
        if last is not None and is_full:
            return Page(tuple(told), last)
        told.append(value)
        last = each
    return Page(tuple(told), None)
