"""A registry in memory: the naive model that obeys the laws of the stateful machine."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Action, LifecyclePolicy
from ecrpolicy.snapshot import Image, Repository, StorageClass, TagMutability
from ecrpolicy.testing.client import Refused
from ecrpolicy.testing.whole_images import digest_of


class MemoryClient:
    """A repository in memory, whose clock stands at `now` until it is told otherwise.

    It can do all that the machine asks for, and is what another client is compared with in mind.
    """

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._content: set[str] = set()
        self._images: dict[str, Image] = {}
        self._mutability = TagMutability.MUTABLE
        self._policy: LifecyclePolicy | None = None

    def images(self) -> Sequence[Image]:
        """All images."""
        return tuple(self._images.values())

    def upload(self, content: bytes) -> None:
        """Keep the digest of content that is not there."""
        if digest_of(content) in self._content:
            raise Refused("the content is there already")
        self._content.add(digest_of(content))

    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        """Put a whole image, or give one that is there another tag; an archived one is restored."""
        digest = digest_of(manifest.encode())
        holder = None if tag is None else self._holder(tag)
        if holder not in (None, digest) and self._mutability is TagMutability.IMMUTABLE:
            raise Refused(f"`{tag}` is immutable")
        if digest not in self._images:
            self._images[digest] = self._new(digest, json.loads(manifest), media_type)
        elif self._images[digest].storage_class is StorageClass.ARCHIVE:
            self.restore(digest)
        if tag is not None:
            if holder is not None:
                self._take(tag, holder)
            image = self._images[digest]
            self._images[digest] = replace(image, tags=(*image.tags, tag))
        return digest

    def _new(self, digest: str, told: Mapping[str, Any], media_type: str) -> Image:
        """An image of a manifest, if all that it needs is there."""
        children = [each["digest"] for each in told.get("manifests", ())]
        content = [told["config"], *told["layers"]] if "config" in told else []
        if not self._images.keys() >= set(children):
            raise Refused("a child is not there")
        if not self._content >= {each["digest"] for each in content}:
            raise Refused("the configuration or a layer is not there")
        return Image(
            digest,
            self._now,
            manifest_media_type=media_type,
            manifests=tuple(children),
            subject=told.get("subject", {}).get("digest"),
        )

    def pull(self, digest: str) -> None:
        """Note when the image was pulled."""
        image = self._present(digest)
        if image.storage_class is not StorageClass.STANDARD:
            raise Refused("the image is archived")
        self._images[digest] = replace(image, pulled_at=self._now)

    def delete(self, digest: str) -> None:
        """Delete an image that no index holds."""
        self._present(digest)
        for image in self._images.values():
            is_archived = image.storage_class is StorageClass.ARCHIVE
            if digest in (image.manifests or ()) and not is_archived:
                raise Refused("an index holds the image")
        del self._images[digest]

    def untag(self, tag: str) -> None:
        """Take a tag away; an image goes with its last one."""
        holder = self._holder(tag)
        if holder is None:
            raise Refused("no image has the tag")
        if self._images[holder].tags == (tag,):
            self.delete(holder)
        else:
            self._take(tag, holder)

    def set_mutability(self, mutability: TagMutability) -> None:
        """Make tags mutable or immutable."""
        self._mutability = mutability

    def put_lifecycle_policy(self, text: str) -> None:
        """Keep a lifecycle policy."""
        self._policy = lifecycle.parse(text)

    def delete_lifecycle_policy(self) -> None:
        """Forget the lifecycle policy."""
        self._policy = None

    def archive(self, digest: str) -> None:
        """Archive an image."""
        image = self._present(digest)
        if image.storage_class is not StorageClass.STANDARD:
            raise Refused("the image is archived already")
        archived = StorageClass.ARCHIVE
        self._images[digest] = replace(image, storage_class=archived, archived_at=self._now)

    def restore(self, digest: str) -> None:
        """Restore an image, which counts as pushed now."""
        image = self._present(digest)
        if image.storage_class is not StorageClass.ARCHIVE:
            raise Refused("the image is not archived")
        standard = StorageClass.STANDARD
        self._images[digest] = replace(image, storage_class=standard, activated_at=self._now)

    def now(self) -> datetime:
        """The time."""
        return self._now

    def advance(self, time: timedelta) -> None:
        """Let time pass."""
        self._now += time

    def run(self) -> None:
        """Do what the lifecycle policy says."""
        if self._policy is None:
            return
        repository = Repository("web", tuple(self._images.values()))
        for result in lifecycle.evaluate(self._policy, repository, now=self._now).results:
            if result.action is Action.EXPIRE:
                del self._images[result.image.digest]
            else:
                archived = replace(
                    result.image, storage_class=StorageClass.ARCHIVE, archived_at=self._now
                )
                self._images[archived.digest] = archived

    def _present(self, digest: str) -> Image:
        if digest not in self._images:
            raise Refused("there is no such image")
        return self._images[digest]

    def _holder(self, tag: str) -> str | None:
        return next((each.digest for each in self._images.values() if tag in each.tags), None)

    def _take(self, tag: str, holder: str) -> None:
        image = self._images[holder]
        self._images[holder] = replace(
            image, tags=tuple(each for each in image.tags if each != tag)
        )
