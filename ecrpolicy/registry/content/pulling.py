"""When images were pulled (Amazon ECR API Reference, "ImageDetail", `lastRecordedPullTime`).

The service tells the time of a pull to within 24 hours; here it is right to a minute.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, update

from ecrpolicy.registry.content.images import StoredImage
from ecrpolicy.registry.metadata.tables import images
from ecrpolicy.registry.service import Service

_BETWEEN_RECORDS: Final = timedelta(minutes=1)


def is_due(image: StoredImage, now: datetime) -> bool:
    """Whether a pull of an image is to be recorded: most pulls write nothing."""
    return image.pulled_at is None or now - image.pulled_at >= _BETWEEN_RECORDS


def record_pull(service: Service, pulled: Iterable[StoredImage], now: datetime) -> None:
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
