"""The archive: images are moved there, and back.

Amazon ECR API Reference, "UpdateImageStorageClass"; Amazon ECR User Guide, "Archiving an image". A
restored image is back at once: there is no tape to wait for.
"""

from datetime import datetime

from sqlalchemy import update

from ecrpolicy.registry.content import images as stored
from ecrpolicy.registry.content import refusals
from ecrpolicy.registry.content.deleting import ImageId
from ecrpolicy.registry.content.images import ARCHIVED, StoredImage
from ecrpolicy.registry.content.pushing import restore
from ecrpolicy.registry.metadata.repositories import require
from ecrpolicy.registry.metadata.tables import images
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.service import Service


def set_storage_class(
    service: Service, place: Place, name: str, image_id: ImageId, target: str, now: datetime
) -> StoredImage:
    """Move an image to `ARCHIVE`, or back to `STANDARD`; answers with the image as it is then.

    Raises Refusal: RepositoryNotFoundException, ImageNotFoundException, and
    ImageStorageClassUpdateNotSupportedException where it is there already.
    """
    digest, tag = image_id.get("imageDigest"), image_id.get("imageTag")
    if digest is None and tag is None:
        raise refusals.invalid("imageId", "both tag and digest cannot be null")
    with service.database.writing() as connection:
        repository = require(connection, place, name)
        image = stored.one(connection, repository, digest=digest, tag=tag)
        if image.is_active == (target == "STANDARD"):
            state = "active" if image.is_active else "archived"
            raise refusals.storage_class_not_supported(repository, image.digest, state)
        if image.is_active:
            connection.execute(
                update(images)
                .where(images.c.id == image.id)
                .values(status=ARCHIVED, archived_at=now)
            )
        else:
            restore(connection, image, now)
        return stored.one(connection, repository, digest=image.digest)
