"""Images that were made up to show something: told in words, and as the service prints them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from ecrpolicy.snapshot import Image, StorageClass
from ecrpolicy.wording import duration, printable

# So many of images that are alike are shown by their tags.
_FEW: Final = 3

# Amazon ECR API Reference, "ImageDetail", `imageStatus`.
_STATUS: Final = {
    StorageClass.STANDARD: "ACTIVE",
    StorageClass.ARCHIVE: "ARCHIVED",
    StorageClass.ACTIVATING: "ACTIVATING",
}


def digest_of(number: int) -> str:
    """A digest for an image that nobody pushed.

    >>> digest_of(10)[-4:]
    '000a'
    """
    return f"sha256:{number:064x}"


def lines(images: Sequence[Image], now: datetime) -> Iterator[str]:
    """Images in words; those one after the other that differ in their tags alone, in one line."""
    for _, group in groupby(images, lambda image: (_times(image, now), len(image.tags))):
        alike = list(group)
        if len(alike) == 1:
            yield line(alike[0], now)
        elif not alike[0].tags:
            yield f"{len(alike):,} times: {line(alike[0], now)}"
        else:
            yield _with_tags_of_their_own(alike, now)


def _with_tags_of_their_own(alike: Sequence[Image], now: datetime) -> str:
    shown = "; ".join(map(_tags, alike[:_FEW]))
    if len(alike) > _FEW:
        shown += f"; and so on, to {_tags(alike[-1])}"
    tags = len(alike[0].tags)
    each = "a tag" if tags == 1 else f"{tags:,} tags"
    return f"{len(alike):,} images with {each} each, {_times(alike[0], now)}: {shown}"


def line(image: Image, now: datetime) -> str:
    """An image in words, by its tags and times."""
    several = "tag" if len(image.tags) == 1 else "tags"
    tags = f"with the {several} {_tags(image)}" if image.tags else "without a tag"
    return f"an image {tags}, {_times(image, now)}"


def _tags(image: Image) -> str:
    return " and ".join(f"`{printable(tag)}`" for tag in image.tags)


def _times(image: Image, now: datetime) -> str:
    parts = [_ago("pushed", now, image.pushed_at)]
    if image.pulled_at:
        parts.append(_ago("pulled", now, image.pulled_at))
    if image.archived_at:
        parts.append(_ago("archived", now, image.archived_at))
    return ", ".join(parts)


def details(image: Image) -> dict[str, Any]:
    """An image as `describe-images` prints it, without what it has not."""
    members = {
        "repositoryName": image.repository,
        "registryId": image.registry_id,
        "imageDigest": image.digest,
        "imageTags": list(image.tags) or None,
        "imageSizeInBytes": image.size_bytes,
        "imagePushedAt": image.pushed_at,
        "lastRecordedPullTime": image.pulled_at,
        "imageStatus": _STATUS[image.storage_class],
        "lastArchivedAt": image.archived_at,
        "lastActivatedAt": image.activated_at,
        "imageManifestMediaType": image.manifest_media_type,
        "artifactMediaType": image.artifact_media_type,
        "subjectManifestDigest": image.subject,
    }
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in members.items()
        if value is not None
    }


def _ago(verb: str, now: datetime, time: datetime) -> str:
    return f"{verb} just now" if now == time else f"{verb} {duration(now - time)} ago"
