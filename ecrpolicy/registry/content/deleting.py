"""Deleting images, by digest or by tag (Amazon ECR API Reference, "BatchDeleteImage")."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, update
from sqlalchemy import delete as removal

from ecrpolicy import tagging
from ecrpolicy.registry.content import images as stored
from ecrpolicy.registry.content.images import StoredImage
from ecrpolicy.registry.metadata.repositories import StoredRepository, require
from ecrpolicy.registry.metadata.tables import images, repositories, tags
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.service import Service

ImageId = Mapping[str, str]
"""`imageDigest`, `imageTag` or both, as the API has it."""

_DIGEST: Final = re.compile(r"[a-zA-Z0-9_+.-]+:[a-fA-F0-9]+")

_WITHOUT_NAME: Final = "Invalid request parameters: both tag and digest cannot be null"
_BAD_DIGEST: Final = (
    "Invalid request parameters: image digest should satisfy the regex "
    "'[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"
)
_BAD_TAG: Final = "Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9-_.]+'"
_MISMATCH: Final = "Invalid request parameters: given tag does not map to the given digest"
_NOT_FOUND: Final = "Requested image not found"


Failure = Mapping[str, Any]
"""Why something was not done with an image: `imageId`, `failureCode` and `failureReason`."""


def delete(
    service: Service,
    place: Place,
    name: str,
    ids: Sequence[ImageId],
    now: datetime,  # noqa: ARG001
) -> tuple[list[ImageId], list[Failure]]:
    """Take tags away, and images by their digests, with all their tags; one after the other.

    An image goes with its last tag. One that an index refers to stays, and so does its last tag.
    Answers with what was taken away, each tag with its digest, and with what was not.
    Raises Refusal where there is no such repository; all else is told of each image.
    """
    gone: list[ImageId] = []
    failures: list[Failure] = []
    with service.database.writing() as connection:
        repository = require(connection, place, name)
        for each in _once(ids):
            found = resolve(connection, repository, each)
            if not isinstance(found, StoredImage):
                failures.append(found)
            elif held := _held(connection, repository, found, each):
                failures.append(held)
            else:
                gone += _take_away(connection, repository, found, each.get("imageTag"))
    return gone, failures


def resolve(
    connection: Connection, repository: StoredRepository, image_id: ImageId
) -> StoredImage | Failure:
    """The image that is meant, or why there is none."""
    digest, tag = image_id.get("imageDigest"), image_id.get("imageTag")
    if digest is None and tag is None:
        return _failure(image_id, "MissingDigestAndTag", _WITHOUT_NAME)
    if digest is not None and not _DIGEST.fullmatch(digest):
        return _failure(image_id, "InvalidImageDigest", _BAD_DIGEST)
    if tag is not None and not tagging.is_image_tag(tag):
        return _failure(image_id, "InvalidImageTag", _BAD_TAG)
    found = stored.find(connection, repository, digest=digest, tag=tag)
    if found is not None:
        return found
    if (
        digest is not None
        and tag is not None
        and stored.find(connection, repository, tag=tag) is not None
    ):
        return _failure(image_id, "ImageTagDoesNotMatchDigest", _MISMATCH)
    return _failure(image_id, "ImageNotFound", _NOT_FOUND)


def _held(
    connection: Connection, repository: StoredRepository, image: StoredImage, image_id: ImageId
) -> Failure | None:
    """Why an image may not go, if it would; an index holds its members even from the archive."""
    if "imageTag" in image_id and len(image.tags) > 1:
        return None
    holders = stored.holders(connection, repository, image.digest)
    if not holders:
        return None
    reason = f"Requested image referenced by manifest list: [{', '.join(holders)}]"
    return _failure(image_id, "ImageReferencedByManifestList", reason)


def _take_away(
    connection: Connection, repository: StoredRepository, image: StoredImage, tag: str | None
) -> list[ImageId]:
    if tag is not None and len(image.tags) > 1:
        connection.execute(
            removal(tags).where(tags.c.repository_id == repository.id, tags.c.tag == tag)
        )
        return [_named(image, tag)]
    connection.execute(removal(images).where(images.c.id == image.id))
    connection.execute(
        update(repositories)
        .where(repositories.c.id == repository.id)
        .values(image_count=repositories.c.image_count - 1)
    )
    return [_named(image, each) for each in image.tags] or [{"imageDigest": image.digest}]


def _failure(image_id: ImageId, code: str, reason: str) -> Failure:
    return {"imageId": dict(image_id), "failureCode": code, "failureReason": reason}


def _named(image: StoredImage, tag: str) -> ImageId:
    return {"imageDigest": image.digest, "imageTag": tag}


def _once(ids: Sequence[ImageId]) -> list[ImageId]:
    return list({(each.get("imageDigest"), each.get("imageTag")): each for each in ids}.values())
