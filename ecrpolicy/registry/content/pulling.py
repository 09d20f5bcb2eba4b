"""Pulls: the image that is asked for, and when images were pulled.

The service tells the time of a pull to within 24 hours (Amazon ECR API Reference, "ImageDetail",
`lastRecordedPullTime`); here it is right to a minute.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import Connection, bindparam, or_, select, update

from ecrpolicy.registry.content.images import ACTIVE
from ecrpolicy.registry.metadata.prepared import Prepared
from ecrpolicy.registry.metadata.repositories import require
from ecrpolicy.registry.metadata.tables import images, instant, repositories, tags
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.service import Service

_BETWEEN_RECORDS: Final = timedelta(minutes=1)

_OF_REPOSITORY: Final = (
    select(images.c.id, images.c.digest, images.c.media_type, images.c.pulled_at, images.c.manifest)
    .join(repositories, repositories.c.id == images.c.repository_id)
    .where(
        repositories.c.account == bindparam("account"),
        repositories.c.region == bindparam("region"),
        repositories.c.name == bindparam("name"),
        images.c.status == ACTIVE,
    )
)


# An archived image is not there for who pulls it (Amazon ECR User Guide, "Archiving an image").
_BY_DIGEST: Final = Prepared(_OF_REPOSITORY.where(images.c.digest == bindparam("digest")))
_BY_TAG: Final = Prepared(
    _OF_REPOSITORY.join(tags, tags.c.image_id == images.c.id).where(
        tags.c.repository_id == repositories.c.id, tags.c.tag == bindparam("tag")
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is sent of an image that is pulled."""

    id: int
    digest: str
    media_type: str
    pulled_at: datetime | None
    manifest: bytes = field(repr=False)


class Pulled(Protocol):
    """An image, and when it was pulled last."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def pulled_at(self) -> datetime | None: ...  # noqa: D102


def find(
    connection: Connection,
    place: Place,
    name: str,
    *,
    digest: str | None = None,
    tag: str | None = None,
) -> Wanted | None:
    """The image of a digest or a tag if it can be pulled, in one query; None where there is none.

    Raises Refusal where there is no such repository.
    """
    asked = {
        "account": place.account,
        "region": place.region,
        "name": name,
        "digest": digest,
        "tag": tag,
    }
    row = (_BY_TAG if digest is None else _BY_DIGEST).first(connection, asked)
    if row is None:
        require(connection, place, name)
        return None
    number, digest, media_type, pulled_at, manifest = row
    at = None if pulled_at is None else instant(pulled_at)
    return Wanted(number, digest, media_type, at, manifest)


def is_due(image: Pulled, now: datetime) -> bool:
    """Whether a pull of an image is to be recorded: most pulls write nothing."""
    return image.pulled_at is None or now - image.pulled_at >= _BETWEEN_RECORDS


def record_pull(service: Service, pulled: Iterable[Pulled], now: datetime) -> None:
    """Note that images were pulled; nobody was promised that this survives a power cut.

    It is for after the answer: it may have to wait for its turn to write.
    """
    ids = [each.id for each in pulled if is_due(each, now)]
    if not ids:
        return
    with service.database.writing(is_synced=False) as connection:
        connection.execute(
            update(images)
            .where(
                images.c.id.in_(ids), or_(images.c.pulled_at.is_(None), images.c.pulled_at < now)
            )
            .values(pulled_at=now)
        )
