"""The service through boto3: a client, what it pages, and what is said where it refuses.

Needs the extra `aws`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ecrpolicy.errors import FetchProblem
from ecrpolicy.finding import Finding, Severity

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

# The service throttles; botocore's adaptive mode slows down with it and tries again.
_CONFIG: Final = Config(retries={"mode": "adaptive", "max_attempts": 10})

_IMAGES_A_PAGE: Final = 1000

_ADVICE: Final = {
    "RepositoryNotFoundException": "check name, region and registry",
    "AccessDeniedException": "allow the caller what `ecrpolicy snapshot` needs",
}


def client(region: str | None, profile: str | None, endpoint_url: str | None) -> "ECRClient":
    """A client of the service; what is None is taken from the environment."""
    session = boto3.Session(profile_name=profile, region_name=region)
    return session.client("ecr", endpoint_url=endpoint_url, config=_CONFIG)


def of_registry(registry_id: str | None) -> dict[str, Any]:
    """The parameter that names a registry; without, the service takes the caller's own."""
    return {"registryId": registry_id} if registry_id else {}


def images(
    service: "ECRClient", about: Mapping[str, Any], progress: Callable[[int], None]
) -> Iterator[Any]:
    """The images of a repository, page by page; `progress` is told how many have been listed."""
    pages = service.get_paginator("describe_images").paginate(
        **about,
        # Amazon ECR API Reference, "DescribeImagesFilter": active images alone, unless asked.
        filter={"imageStatus": "ANY"},
        PaginationConfig={"PageSize": _IMAGES_A_PAGE},
    )
    listed = 0
    for page in pages:
        listed += len(page["imageDetails"])
        progress(listed)
        yield from page["imageDetails"]


def written(answer: Mapping[str, Any]) -> bytes:
    """Answers of the service as one JSON document."""
    return json.dumps(answer, default=_time, indent=2).encode()


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def code_of(error: ClientError) -> str:
    """What the service calls its refusal."""
    return error.response.get("Error", {}).get("Code", "")


def refusal(error: ClientError) -> str:
    """The service's answer: its code and its text."""
    return f"{code_of(error)}: {error.response.get('Error', {}).get('Message', '')}"


@contextmanager
def problems_told(about: str) -> Iterator[None]:
    """Raises FetchProblem where the service refuses, or does not answer, what is asked about."""
    try:
        yield
    except ClientError as error:
        message = f"the service refused `{error.operation_name}` on {about}: {refusal(error)}"
        raise _problem(message, _ADVICE.get(code_of(error))) from error
    except (BotoCoreError, ValueError) as error:
        raise _problem(f"the service could not be asked about {about}: {error}", None) from error
    except KeyError as error:
        message = f"what answered about {about} is no Amazon ECR: its answer has no {error}"
        raise _problem(message, "check the endpoint") from error


def _problem(message: str, advice: str | None) -> FetchProblem:
    return FetchProblem([Finding("fetch", Severity.ERROR, message, help=advice)])
