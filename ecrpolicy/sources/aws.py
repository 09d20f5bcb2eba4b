"""Snapshots from the service itself, through boto3.

Needs the extra `aws`. What it calls: DescribeRepositories, DescribeImages, BatchGetImage (for the
manifests of indexes) and GetLifecyclePolicy.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ecrpolicy import quotas
from ecrpolicy.errors import FetchProblem
from ecrpolicy.finding import Finding, Severity
from ecrpolicy.snapshot import INDEX_MEDIA_TYPES

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

# The service throttles; botocore's adaptive mode slows down with it and tries again.
_CONFIG: Final = Config(retries={"mode": "adaptive", "max_attempts": 10})

_IMAGES_A_PAGE: Final = 1000


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
    with _problems_told(where):
        session = boto3.Session(profile_name=where.profile, region_name=where.region)
        client = session.client("ecr", endpoint_url=where.endpoint_url, config=_CONFIG)
        found = _Repository(client, where)
        images = list(found.images(progress))
        answer = {
            "takenAt": taken_at.astimezone(UTC),
            "region": client.meta.region_name,
            "repositories": found.description(),
            "imageDetails": images,
            "images": list(found.manifests(images)),
            **found.lifecycle_policy(),
        }
    return json.dumps(answer, default=_time, indent=2).encode()


class _Repository:
    """A repository of the service, asked call by call."""

    def __init__(self, client: "ECRClient", where: Where) -> None:
        self._client = client
        self._name: dict[str, Any] = {"repositoryName": where.repository}
        self._registry: dict[str, Any] = (
            {"registryId": where.registry_id} if where.registry_id else {}
        )

    def description(self) -> list[Any]:
        names = [self._name["repositoryName"]]
        answer = self._client.describe_repositories(repositoryNames=names, **self._registry)
        return list(answer["repositories"])

    def images(self, progress: Callable[[int], None]) -> Iterator[Any]:
        pages = self._client.get_paginator("describe_images").paginate(
            **self._name,
            **self._registry,
            # Amazon ECR API Reference, "DescribeImagesFilter": active images alone, unless asked.
            filter={"imageStatus": "ANY"},
            PaginationConfig={"PageSize": _IMAGES_A_PAGE},
        )
        listed = 0
        for page in pages:
            listed += len(page["imageDetails"])
            progress(listed)
            yield from page["imageDetails"]

    def manifests(self, images: list[Any]) -> Iterator[Any]:
        """The manifests of the indexes among the images, which tell their children."""
        digests = [
            image["imageDigest"]
            for image in images
            if image.get("imageManifestMediaType") in INDEX_MEDIA_TYPES
        ]
        most = quotas.BATCH_GET_IMAGE_MAX_IMAGES
        for start in range(0, len(digests), most):
            answer = self._client.batch_get_image(
                **self._name,
                **self._registry,
                imageIds=[{"imageDigest": digest} for digest in digests[start : start + most]],
                acceptedMediaTypes=sorted(INDEX_MEDIA_TYPES),
            )
            yield from answer["images"]

    def lifecycle_policy(self) -> dict[str, str]:
        try:
            answer = self._client.get_lifecycle_policy(**self._name, **self._registry)
        except self._client.exceptions.LifecyclePolicyNotFoundException:
            return {}
        return {"lifecyclePolicyText": answer["lifecyclePolicyText"]}


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


@contextmanager
def _problems_told(where: Where) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        told = error.response.get("Error", {}).get("Message", "")
        message = f"the service refused `{error.operation_name}` on `{where.repository}`: {code}"
        raise _problem(f"{message}: {told}", _ADVICE.get(code)) from error
    except (BotoCoreError, ValueError) as error:
        raise _problem(f"the service could not be asked: {error}", None) from error
    except KeyError as error:
        message = f"what answered is no Amazon ECR: its answer has no {error}"
        raise _problem(message, "check the endpoint") from error


_ADVICE: Final = {
    "RepositoryNotFoundException": "check name, region and registry",
    "AccessDeniedException": "allow the caller what `ecrpolicy snapshot` needs",
}


def _problem(message: str, advice: str | None) -> FetchProblem:
    return FetchProblem([Finding("fetch", Severity.ERROR, message, help=advice)])
