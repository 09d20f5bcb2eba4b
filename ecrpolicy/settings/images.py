"""What the settings of a registry come to for each image of a repository."""

from collections.abc import Iterator
from dataclasses import dataclass

from ecrpolicy import caching, scanning, tagging
from ecrpolicy.scanning import Circumstances, ScanState
from ecrpolicy.settings.effective import EffectiveSettings
from ecrpolicy.settings.unknown import CACHE_RULES, knows_scanning
from ecrpolicy.snapshot import Image, Repository, StorageClass


@dataclass(frozen=True, slots=True)
class ImageState:
    """An image, the states that its scans may have, and whether a pull looks for a newer one.

    One state alone is certain; there is none where it is not known how the repository is scanned.
    `looks_upstream` is None where it is not known, and False where nothing is cached. A pull looks
    by the tags that may move, `movable_tags`, alone; those of an archived image are not pulled.
    """

    image: Image
    scans: tuple[ScanState, ...]
    looks_upstream: bool | None
    movable_tags: tuple[str, ...]


def image_states(found: EffectiveSettings, at: Circumstances) -> Iterator[ImageState]:
    """The states of the images of a repository, in the order of the snapshot.

    >>> from datetime import UTC, datetime
    >>> from ecrpolicy.settings.effective import effective
    >>> from ecrpolicy.settings.model import Settings
    >>> from ecrpolicy.snapshot import Registry, Repository
    >>> now = datetime(2026, 1, 31, tzinfo=UTC)
    >>> web = Repository("web", (Image("sha256:" + "a" * 64, now),))
    >>> registry = Registry("111122223333", "us-east-1", repositories=(web,),
    ...     scanning_configuration={"scanType": "ENHANCED"})
    >>> [found] = effective(Settings.of(registry))
    >>> [each.scans[0].status.value for each in image_states(found, Circumstances(now))]
    ['ACTIVE']
    """
    for image in found.repository.images:
        tags = _movable_tags(image, found.repository)
        looks = _looks_upstream(image, tags, found, at)
        yield ImageState(image, _scans(image, found, at), looks, tags)


def _movable_tags(image: Image, repository: Repository) -> tuple[str, ...]:
    """Without one, the image is pulled as it is: by its digest, or by tags that are immutable."""
    if image.storage_class is StorageClass.ARCHIVE:
        return ()
    return tuple(tag for tag in image.tags if not tagging.is_immutable(repository, tag)[0])


def _scans(image: Image, found: EffectiveSettings, at: Circumstances) -> tuple[ScanState, ...]:
    """Of an archived image it is known, however the repository is scanned."""
    is_archived = image.storage_class is StorageClass.ARCHIVE
    if not is_archived and not knows_scanning(found.settings, found.scanning):
        return ()
    return scanning.possible_states(image, found.scanning, at)


def _looks_upstream(
    image: Image, tags: tuple[str, ...], found: EffectiveSettings, at: Circumstances
) -> bool | None:
    if CACHE_RULES in found.settings.unknown:
        return None
    if found.cached is None or not tags:
        return False
    looks = caching.looks_upstream(image.pulled_at, at.now, imported_at=image.pushed_at)
    is_told = found.repository.image_tag_mutability is not None
    return looks if is_told or looks is False else None
