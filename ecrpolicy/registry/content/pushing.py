"""Putting an image: its manifest, and a tag.

Amazon ECR API Reference, "PutImage"; Amazon ECR User Guide, "Pushing an image", "Image tag
mutability" and "Amazon ECR service quotas".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ecrpolicy import quotas, tagging
from ecrpolicy.registry.blobs.digests import digest_of
from ecrpolicy.registry.content import images as stored
from ecrpolicy.registry.content import refusals
from ecrpolicy.registry.content.images import ACTIVE, StoredImage
from ecrpolicy.registry.content.manifests import Manifest, read
from ecrpolicy.registry.metadata.repositories import Find, StoredRepository, require, tags_of
from ecrpolicy.registry.metadata.tables import (
    blobs,
    image_blobs,
    image_children,
    images,
    layers,
    repositories,
    tags,
)
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service
from ecrpolicy.tagging import Change


@dataclass(frozen=True, slots=True)
class Pushed:
    """An image that was put, and where; `is_new` is whether it was not there before."""

    image: StoredImage
    repository: StoredRepository
    is_new: bool


def put_image(
    service: Service,
    place: Place,
    name: str,
    manifest: bytes,
    *,
    media_type: str | None = None,
    tag: str | None = None,
    digest: str | None = None,
    now: datetime,
    is_repeatable: bool = False,
    find: Find = require,
) -> Pushed:
    """Put an image, or give one that is there another tag; an archived one is restored.

    `digest` is what the client says it is; `find` finds the repository, or makes it.

    Raises Refusal: RepositoryNotFoundException, InvalidParameterException,
    ImageDigestDoesNotMatchException, LayersNotFoundException, ReferencedImagesNotFoundException,
    ImageTagAlreadyExistsException, LimitExceededException, and ImageAlreadyExistsException where
    nothing changes, unless the push `is_repeatable`.
    """
    said = read(manifest, media_type)
    actual = digest_of(manifest if said.signed is None else said.signed)
    if digest is not None and digest != actual:
        raise refusals.digest_does_not_match(digest, actual)
    if tag is not None and not tagging.is_image_tag(tag):
        raise refusals.invalid("imageTag", "must satisfy regular expression '[a-zA-Z0-9-_.]+'")
    with service.database.writing() as connection:
        repository = find(connection, place, name)
        there = stored.find(connection, repository, digest=actual)
        changes_tag = tag is not None and _check_tag(connection, repository, tag, actual)
        if there is None:
            image_id = _insert(connection, repository, said, actual, manifest, now)
        else:
            image_id = there.id
            if there.is_active and not changes_tag and not is_repeatable:
                raise refusals.image_already_exists(repository, actual, tag)
            if not there.is_active:
                restore(connection, there, now)
        if changes_tag and tag is not None:
            _put_tag(connection, repository, image_id, tag)
        image = stored.one(connection, repository, digest=actual)
    return Pushed(image, repository, there is None)


def restore(connection: Connection, image: StoredImage, now: datetime) -> None:
    """Bring an image back from the archive."""
    connection.execute(
        update(images).where(images.c.id == image.id).values(status=ACTIVE, activated_at=now)
    )


def _check_tag(connection: Connection, repository: StoredRepository, tag: str, digest: str) -> bool:
    """Whether a push changes the tag; raises Refusal where it may not."""
    holder = stored.find(connection, repository, tag=tag)
    held = () if holder is None else stored.snapshot_of(connection, repository, (holder,))
    own = tags_of(connection, repository)
    push = tagging.push(repository.snapshot(own, images=held), tag, digest)
    if push.service_text is not None:
        code, _, message = push.service_text.partition(": ")
        raise Refusal(code, message)
    return push.change is not Change.SAME


def _put_tag(connection: Connection, repository: StoredRepository, image_id: int, tag: str) -> None:
    most = quotas.TAGS_PER_IMAGE.value
    if stored.tag_count(connection, image_id) >= most:
        raise refusals.too_many_tags(repository, tag, most)
    values = {"repository_id": repository.id, "tag": tag, "image_id": image_id}
    put = upsert(tags).values(values)
    connection.execute(
        put.on_conflict_do_update(
            index_elements=["repository_id", "tag"], set_={"image_id": image_id}
        )
    )


def _insert(
    connection: Connection,
    repository: StoredRepository,
    said: Manifest,
    digest: str,
    manifest: bytes,
    now: datetime,
) -> int:
    """Store a new image, if all that it needs is there."""
    _take_place(connection, repository)
    sizes = _layer_sizes(connection, repository, said.blobs)
    members = _members(connection, repository, [each.digest for each in said.children])
    # An index is as large as the largest of its images (Amazon ECR API Reference, "ImageDetail").
    size = max((each.size_bytes for each in members), default=0) if members else sum(sizes)
    values = {
        "repository_id": repository.id,
        "digest": digest,
        "manifest": manifest,
        "media_type": said.media_type,
        "artifact_type": said.artifact_type,
        "subject": None if said.subject is None else said.subject.digest,
        "size_bytes": size,
        "pushed_at": now,
        "status": ACTIVE,
    }
    added = insert(images).values(values).returning(images.c.id)
    image_id = int(connection.execute(added).scalar_one())
    if said.blobs:
        rows = [{"image_id": image_id, "digest": each} for each in said.blobs]
        connection.execute(insert(image_blobs), rows)
    if members:
        rows = [{"image_id": image_id, "digest": each.digest} for each in members]
        connection.execute(insert(image_children), rows)
    return image_id


def _take_place(connection: Connection, repository: StoredRepository) -> None:
    """Count one image more; raises Refusal where there is no room for it."""
    most = quotas.IMAGES_PER_REPOSITORY.value
    counted = connection.execute(
        update(repositories)
        .where(repositories.c.id == repository.id, repositories.c.image_count < most)
        .values(image_count=repositories.c.image_count + 1)
    )
    if not counted.rowcount:
        raise refusals.too_many_images(repository, most)


def _layer_sizes(
    connection: Connection, repository: StoredRepository, digests: Iterable[str]
) -> list[int]:
    """The sizes of blobs that must be layers of the repository."""
    wanted = list(digests)
    found = connection.execute(
        select(blobs.c.digest, blobs.c.size_bytes)
        .join(layers, layers.c.digest == blobs.c.digest)
        .where(layers.c.repository_id == repository.id, layers.c.digest.in_(wanted))
    ).all()
    sizes = {each.digest: each.size_bytes for each in found}
    if missing := [each for each in wanted if each not in sizes]:
        raise refusals.layers_not_found(repository, missing)
    return list(sizes.values())


def _members(
    connection: Connection, repository: StoredRepository, digests: list[str]
) -> list[StoredImage]:
    """The images that an index refers to, each once; all must be there."""
    found = stored.of_digests(connection, repository, digests)
    if missing := [each for each in dict.fromkeys(digests) if each not in found]:
        raise refusals.referenced_images_not_found(repository, missing)
    return list(found.values())
