"""What the stateful machine drives: a client of one repository, real, emulated or made up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from ecrpolicy.snapshot import Image, TagMutability


class Refused(Exception):
    """The service refused what it was asked; nothing has changed."""


class Client(Protocol):
    """A client of one repository, which is empty when the client is made.

    Methods raise Refused where the service refuses, and nothing else. The operations of the API
    that they stand for are named; Amazon ECR API Reference.
    """

    def images(self) -> Sequence[Image]:
        """All images, in any order (DescribeImages); what they refer to may be left out."""

    def upload(self, content: bytes) -> None:
        """Upload a configuration or a layer, which is small, before the manifest that names it.

        InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload. Content that is there already
        may be refused.
        """

    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        """Push a manifest, under a tag or none, and return the image's digest (PutImage).

        An image that is there and archived is restored, at once.
        """

    def pull(self, digest: str) -> None:
        """Pull an image (BatchGetImage)."""

    def delete(self, digest: str) -> None:
        """Delete an image with all its tags (BatchDeleteImage with a digest)."""

    def untag(self, tag: str) -> None:
        """Take a tag away (BatchDeleteImage with a tag); an image goes with its last one."""

    def set_mutability(self, mutability: TagMutability) -> None:
        """Make tags mutable or immutable (PutImageTagMutability)."""

    def put_lifecycle_policy(self, text: str) -> None:
        """Give the repository a lifecycle policy (PutLifecyclePolicy)."""

    def delete_lifecycle_policy(self) -> None:
        """Take the lifecycle policy away (DeleteLifecyclePolicy), of which there is one."""


@runtime_checkable
class Archives(Protocol):
    """A client that can archive images."""

    def archive(self, digest: str) -> None:
        """Move an image to the archive (UpdateImageStorageClass)."""

    def restore(self, digest: str) -> None:
        """Move an image back, at once (UpdateImageStorageClass)."""


@runtime_checkable
class Runs(Protocol):
    """A client of something that has a clock of its own and runs policies when told to."""

    def now(self) -> datetime:
        """The time, with a zone."""

    def advance(self, time: timedelta) -> None:
        """Let time pass, in which no policy is run."""

    def run(self) -> None:
        """Run the lifecycle policy once, if there is one, with all that comes of it.

        What the service does within 24 hours, as to take away the referrers of what is expired,
        is done when this returns.
        """
