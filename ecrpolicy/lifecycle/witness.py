"""Images that were made up to show something: told in words, and as the service prints them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from ecrpolicy.snapshot import Image, StorageClass
from ecrpolicy.wording import duration, printable


def digest_of(number: int) -> str:
    """A digest for an image that nobody pushed.

    >>> digest_of(10)[-4:]
    '000a'
    """
    return f"sha256:{number:064x}"


def lines(images: Sequence[Image], now: datetime) -> Iterator[str]:
    """Images in words; those that are alike, one after the other, in one line."""
    for said, alike in groupby(images, lambda image: line(image, now)):
        number = len(list(alike))
        yield said if number == 1 else f"{number:,} times: {said}"


def line(image: Image, now: datetime) -> str:
    """An image in words, by its tags and times."""
    tags = " and ".join(f"`{printable(tag)}`" for tag in image.tags)
    parts = [f"an image with the tag {tags}" if tags else "an image without a tag"]
    parts.append(_ago("pushed", now, image.pushed_at))
    if image.pulled_at:
        parts.append(_ago("pulled", now, image.pulled_at))
    if image.archived_at:
        parts.append(_ago("archived", now, image.archived_at))
    return ", ".join(parts)


def details(image: Image) -> dict[str, Any]:
    """An image as `describe-images` prints it, without what it has not."""
    is_archived = image.storage_class is StorageClass.ARCHIVE
    times = {
        "imagePushedAt": image.pushed_at,
        "lastRecordedPullTime": image.pulled_at,
        "lastArchivedAt": image.archived_at,
    }
    return {
        "imageDigest": image.digest,
        "imageTags": list(image.tags),
        "imageSizeInBytes": image.size_bytes,
        "imageStatus": "ARCHIVED" if is_archived else "ACTIVE",
        **{name: time.isoformat() for name, time in times.items() if time},
    }


def _ago(verb: str, now: datetime, time: datetime) -> str:
    return f"{verb} just now" if now == time else f"{verb} {duration(now - time)} ago"
