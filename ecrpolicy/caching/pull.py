"""What a pull of a name that a cache rule serves does now: import, look upstream, or neither.

Amazon ECR User Guide, "Considerations for using pull through cache rules".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ecrpolicy import tagging
from ecrpolicy.snapshot import Repository, StorageClass

BETWEEN_LOOKS: Final = timedelta(hours=24)
"""How long after a look the upstream registry is not asked again."""

BETWEEN_RECORDS: Final = timedelta(hours=24)
"""How long after a pull that was recorded others may go unrecorded: the time is refreshed at least
once a day (Amazon ECR API Reference, "ImageDetail")."""


class Pull(StrEnum):
    """What a pull does; the value says it to people."""

    IMPORTED = "the image is not cached: it is imported, of an index all images with it"
    SERVED = "the cached image is served: upstream was asked within 24 hours"
    RENEWED = "upstream is asked: a newer image takes the tag, and without an answer it stays"
    KEPT = "the cached image stays: the tag is immutable"
    FIXED = "the cached image stays: a digest names one image for ever"
    ARCHIVED = "nothing is served: the cached image is archived, and must be restored first"
    UNKNOWN = "the images of the repository are not known"


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull does, and the exclusion filter that made the tag mutable or immutable, if any."""

    pull: Pull
    filter: str | None = None


def is_due(looked_at: datetime, now: datetime) -> bool:
    """Whether a pull now looks upstream for a newer image: 24 hours after the last look, or later.

    The guide of 2023 has the time run from the last pull; today's has it run from when the cached
    image was last held against the upstream registry.
    """
    return now - looked_at >= BETWEEN_LOOKS


def looks_upstream(
    recorded_pull_at: datetime | None, now: datetime, *, imported_at: datetime | None = None
) -> bool | None:
    """As `is_due`, from what `describe-images` tells; None where that leaves it open.

    The last look was no earlier than the import of the image, and no later than the last pull,
    which may be one that was not recorded.

    >>> from datetime import UTC
    >>> now = datetime(2026, 1, 31, tzinfo=UTC)
    >>> [looks_upstream(now - timedelta(hours=hours), now) for hours in (23, 24, 48)]
    [None, None, True]
    >>> looks_upstream(None, now, imported_at=now - timedelta(hours=23))
    False
    """
    if imported_at is not None and not is_due(imported_at, now):
        return False
    if recorded_pull_at is None:
        return None
    return True if now - recorded_pull_at >= BETWEEN_LOOKS + BETWEEN_RECORDS else None


def pull(
    repository: Repository | None, reference: str, *, looked_at: datetime | None, now: datetime
) -> Pulled:
    """What a pull of a tag or a digest does; the name is one that a cache rule serves.

    `repository` is None where it is not there yet, `looked_at` when the image was last held
    against the upstream registry, None where that is not known: then it is due.

    >>> from datetime import UTC
    >>> now = datetime(2026, 1, 31, tzinfo=UTC)
    >>> pull(None, "latest", looked_at=None, now=now).pull.name
    'IMPORTED'
    """
    if repository is None:
        return Pulled(Pull.IMPORTED)
    if repository.has_unknown_images:
        return Pulled(Pull.UNKNOWN)
    images = (each for each in repository.images if reference in (each.digest, *each.tags))
    cached = next(images, None)
    if cached is None:
        return Pulled(Pull.IMPORTED)
    if cached.storage_class is StorageClass.ARCHIVE:
        return Pulled(Pull.ARCHIVED)
    if not tagging.is_image_tag(reference):
        return Pulled(Pull.FIXED)
    immutable, excluded = tagging.is_immutable(repository, reference)
    if immutable:
        return Pulled(Pull.KEPT, excluded)
    if looked_at is not None and not is_due(looked_at, now):
        return Pulled(Pull.SERVED, excluded)
    return Pulled(Pull.RENEWED, excluded)
