"""Repositories as the service describes them, for the library and the reference alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ecrpolicy.snapshot import Image, Repository, StorageClass

# An image under the service's names, its times as datetimes.
Details = dict[str, Any]

INDEX_MEDIA_TYPES = (
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.index.v1+json",
)
MANIFEST_MEDIA_TYPES = (*INDEX_MEDIA_TYPES, "application/vnd.oci.image.manifest.v1+json")

_STORAGE_CLASSES = {
    None: StorageClass.STANDARD,
    "ACTIVE": StorageClass.STANDARD,
    "ARCHIVED": StorageClass.ARCHIVE,
    "ACTIVATING": StorageClass.ACTIVATING,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """A repository at an instant; `manifests` tells the children of indexes, as far as known."""

    now: datetime
    images: list[Details]
    manifests: dict[str, list[str]]

    def repository(self) -> Repository:
        """The repository as the library has it."""
        return Repository("app", tuple(image(each, self.manifests) for each in self.images))


def with_tags_of_their_own(images: list[Details]) -> list[Details]:
    """Images without the tags that one before them has: a tag is on one image at most."""
    taken: set[str] = set()
    found = []
    for each in images:
        tags = [tag for tag in each.get("imageTags") or () if tag not in taken]
        taken.update(tags)
        found.append({**each, "imageTags": tags} if each.get("imageTags") else each)
    return found


def image(details: Details, manifests: dict[str, list[str]]) -> Image:
    """An image as the library has it, from what the service says of it."""
    known: dict[str, Any] = {}
    if details["imageDigest"] in manifests:
        known["manifests"] = tuple(manifests[details["imageDigest"]])
    return Image(
        digest=details["imageDigest"],
        pushed_at=details["imagePushedAt"],
        tags=tuple(details.get("imageTags") or ()),
        pulled_at=details.get("lastRecordedPullTime"),
        storage_class=_STORAGE_CLASSES[details.get("imageStatus")],
        archived_at=details.get("lastArchivedAt"),
        activated_at=details.get("lastActivatedAt"),
        size_bytes=details.get("imageSizeInBytes", 0),
        manifest_media_type=details.get("imageManifestMediaType"),
        subject=details.get("subjectManifestDigest"),
        **known,
    )
