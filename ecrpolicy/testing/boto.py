"""A client for the stateful machine that asks Amazon ECR, or an emulation, through boto3.

Needs the extra `aws`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError
from pydantic import TypeAdapter

from ecrpolicy.snapshot import Image, TagMutability
from ecrpolicy.sources.aws_service import images
from ecrpolicy.testing.client import Refused
from ecrpolicy.testing.whole_images import digest_of

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

_IMAGES: Final = TypeAdapter(list[Image])


class BotoClient:
    """A repository that is made when the client is; `ecr` is a client of boto3.

    That the service fails is no refusal: what boto3 raises then goes on its way.
    """

    def __init__(self, ecr: "ECRClient", name: str) -> None:
        self.ecr = ecr
        self.name = name
        ecr.create_repository(repositoryName=name)

    def images(self) -> Sequence[Image]:
        """All images."""
        about = {"repositoryName": self.name}
        return _IMAGES.validate_python(list(images(self.ecr, about, lambda _: None)))

    def upload(self, content: bytes) -> None:
        """Upload content in one part: all parts but the last have a least size.

        Amazon ECR API Reference, "CompleteLayerUpload", LayerPartTooSmallException.
        """
        with refusals():
            begun = self.ecr.initiate_layer_upload(repositoryName=self.name)
            upload: Any = {"repositoryName": self.name, "uploadId": begun["uploadId"]}
            self.ecr.upload_layer_part(
                **upload,
                partFirstByte=0,
                partLastByte=len(content) - 1,
                layerPartBlob=content,
            )
            self.ecr.complete_layer_upload(**upload, layerDigests=[digest_of(content)])

    def push(self, manifest: str, media_type: str, tag: str | None) -> str:
        """Push a manifest."""
        named: Any = {} if tag is None else {"imageTag": tag}
        with refusals():
            answer = self.ecr.put_image(
                repositoryName=self.name,
                imageManifest=manifest,
                imageManifestMediaType=media_type,
                imageDigest=digest_of(manifest.encode()),
                **named,
            )
        return answer["image"]["imageId"]["imageDigest"]

    def pull(self, digest: str) -> None:
        """Pull an image."""
        self._done(self.ecr.batch_get_image, imageDigest=digest)

    def delete(self, digest: str) -> None:
        """Delete an image."""
        self._done(self.ecr.batch_delete_image, imageDigest=digest)

    def untag(self, tag: str) -> None:
        """Take a tag away."""
        self._done(self.ecr.batch_delete_image, imageTag=tag)

    def set_mutability(self, mutability: TagMutability) -> None:
        """Make tags mutable or immutable."""
        with refusals():
            self.ecr.put_image_tag_mutability(
                repositoryName=self.name, imageTagMutability=mutability.value
            )

    def put_lifecycle_policy(self, text: str) -> None:
        """Give the repository a lifecycle policy."""
        with refusals():
            self.ecr.put_lifecycle_policy(repositoryName=self.name, lifecyclePolicyText=text)

    def delete_lifecycle_policy(self) -> None:
        """Take the lifecycle policy away."""
        with refusals():
            self.ecr.delete_lifecycle_policy(repositoryName=self.name)

    def _done(self, ask: Any, **image: str) -> None:
        """Ask for something about one image; what could not be done is told in the answer."""
        with refusals():
            answer = ask(repositoryName=self.name, imageIds=[image])
        if answer["failures"]:
            raise Refused(str(answer["failures"]))


@contextmanager
def refusals() -> Iterator[None]:
    """What the service refuses, as Refused."""
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500:
            raise
        raise Refused(str(error)) from error
