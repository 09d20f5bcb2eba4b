"""Snapshots from the service itself, through boto3.

Needs the extra `aws`. What it calls: DescribeRepositories, DescribeImages, BatchGetImage (for the
manifests of indexes) and GetLifecyclePolicy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ecrpolicy import quotas
from ecrpolicy.snapshot import INDEX_MEDIA_TYPES
from ecrpolicy.sources.aws_service import client, images, of_registry, problems_told, written

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


@dataclass(frozen=True, slots=True)
class Where:
    """Where a repository is, and as whom it is read; what is None is taken from the environment."""

    repository: str
    region: str | None = None
    profile: str | None = None
    registry_id: str | None = None
    endpoint_url: str | None = None


def fetch(
    where: Where, *, taken_at: datetime, progress: Callable[[int], None] = lambda _: None
) -> bytes:
    """What the service tells of a repository, as one JSON document that `files` reads.

    `progress` is told how many images have been listed. Raises FetchProblem where the service
    refuses or does not answer.
    """
    with problems_told(f"`{where.repository}`"):
        service = client(where.region, where.profile, where.endpoint_url)
        found = _Repository(service, where)
        listed = list(found.images(progress))
        answer = {
            "takenAt": taken_at.astimezone(UTC),
            "region": service.meta.region_name,
            "repositories": found.description(),
            "imageDetails": listed,
            "images": list(found.manifests(listed)),
            **found.lifecycle_policy(),
        }
    return written(answer)


class _Repository:
    """A repository of the service, asked call by call."""

    def __init__(self, service: "ECRClient", where: Where) -> None:
        self._service = service
        self._name: dict[str, Any] = {"repositoryName": where.repository}
        self._registry = of_registry(where.registry_id)

    def description(self) -> list[Any]:
        names = [self._name["repositoryName"]]
        answer = self._service.describe_repositories(repositoryNames=names, **self._registry)
        return list(answer["repositories"])

    def images(self, progress: Callable[[int], None]) -> Iterator[Any]:
        return images(self._service, self._name | self._registry, progress)

    def manifests(self, images: list[Any]) -> Iterator[Any]:
        """The manifests of the indexes among the images, which tell their children."""
        digests = [
            image["imageDigest"]
            for image in images
            if image.get("imageManifestMediaType") in INDEX_MEDIA_TYPES
        ]
        most = quotas.BATCH_GET_IMAGE_MAX_IMAGES
        for start in range(0, len(digests), most):
            answer = self._service.batch_get_image(
                **self._name,
                **self._registry,
                imageIds=[{"imageDigest": digest} for digest in digests[start : start + most]],
                acceptedMediaTypes=sorted(INDEX_MEDIA_TYPES),
            )
            yield from answer["images"]

    def lifecycle_policy(self) -> dict[str, str]:
        try:
            answer = self._service.get_lifecycle_policy(**self._name, **self._registry)
        except self._service.exceptions.LifecyclePolicyNotFoundException:
            return {}
        return {"lifecyclePolicyText": answer["lifecyclePolicyText"]}
