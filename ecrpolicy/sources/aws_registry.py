"""Snapshots of a whole registry from the service itself, through boto3.

Needs the extra `aws`. What it calls: DescribeRepositories; of every repository
GetRepositoryPolicy, GetLifecyclePolicy, ListTagsForResource and, where images are wanted,
DescribeImages; GetRegistryPolicy, GetAccountSetting, GetRegistryScanningConfiguration,
DescribeRegistry, DescribePullThroughCacheRules and DescribeRepositoryCreationTemplates.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from botocore import exceptions
from botocore.exceptions import BotoCoreError, ClientError

from ecrpolicy.sources.aws_service import (
    client,
    code_of,
    images,
    of_registry,
    problems_told,
    refusal,
    written,
)

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

_PAGE: Final = 1000

# A registry has thousands of repositories, each of which is asked about several times.
_AT_ONCE: Final = 8

# Repositories in a row whose details do not arrive, after which nobody is asked any more: one
# interruption can hit all that are asked at once.
_LOST_IN_A_ROW: Final = 2 * _AT_ONCE

# Refusals of credentials, which hold for whatever is asked. Any other is one of what was asked.
# Amazon ECR API Reference, "Common Error Types"; AWS General Reference, "Signature Version 4".
_OF_CREDENTIALS: Final = frozenset(
    (
        "AuthFailure",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "IncompleteSignatureException",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "OptInRequired",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    )
)

_SCOPE: Final = "REGISTRY_POLICY_SCOPE"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WhereRegistry:
    """Where a registry is, and as whom it is read; what is None is taken from the environment."""

    region: str | None = None
    profile: str | None = None
    registry_id: str | None = None
    endpoint_url: str | None = None


def fetch_registry(
    where: WhereRegistry,
    *,
    taken_at: datetime,
    with_images: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> bytes:
    """What the service tells of a registry, as one JSON document that `registries` reads.

    `progress` is told of how many repositories everything is read. What the service refuses, or
    does not answer after all attempts, is recorded with the reason under `refused`, and the rest
    goes on. Raises FetchProblem where the repositories cannot be listed, for credentials, and
    where of many repositories in a row nothing arrives.
    """
    with problems_told("the registry"):
        service = client(where.region, where.profile, where.endpoint_url)
        found = _Registry(service, where.registry_id)
        repositories = list(_detailed(service, where.registry_id, with_images, progress))
        answer = {
            "takenAt": taken_at.astimezone(UTC),
            "region": service.meta.region_name,
            **found.settings(),
            "repositories": repositories,
        }
    return written(answer)


def _detailed(
    service: "ECRClient",
    registry_id: str | None,
    with_images: bool,  # noqa: FBT001
    progress: Callable[[int], None],
) -> Iterator[Json]:
    """Every repository with its details, in the order of the listing."""
    found = _Repositories(service, of_registry(registry_id), with_images=with_images)
    pool = ThreadPoolExecutor(_AT_ONCE)
    lost_in_a_row = 0
    try:
        for number, each in enumerate(pool.map(found.detailed, found.listed()), 1):
            lost_in_a_row = 0 if each.lost is None else lost_in_a_row + 1
            if each.lost is not None and lost_in_a_row == _LOST_IN_A_ROW:
                with problems_told(f"`{each.told['repositoryName']}`"):
                    raise each.lost
            progress(number)
            yield each.told
    finally:
        pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Repositories:
    """The repositories of a registry, each asked call by call."""

    service: "ECRClient"
    registry: Mapping[str, Any]
    with_images: bool

    def listed(self) -> list[Any]:
        pages = self.service.get_paginator("describe_repositories").paginate(
            **self.registry, PaginationConfig={"PageSize": _PAGE}
        )
        return [each for page in pages for each in page["repositories"]]

    def detailed(self, described: Json) -> "_Asked":
        """What is told of a repository, and what is not."""
        about = {**self.registry, "repositoryName": described["repositoryName"]}
        asked: dict[str, Callable[[], Any]] = {
            "policyText": lambda: self._policy(about),
            "lifecyclePolicyText": lambda: self._lifecycle_policy(about),
            "tags": lambda: self.service.list_tags_for_resource(
                resourceArn=described["repositoryArn"]
            )["tags"],
        }
        if self.with_images:
            asked["imageDetails"] = lambda: list(images(self.service, about, lambda _: None))
        with problems_told(f"`{described['repositoryName']}`"):
            told, lost = _told(asked)
        return _Asked(described | told, lost)

    def _policy(self, about: Mapping[str, Any]) -> str | None:
        try:
            return self.service.get_repository_policy(**about)["policyText"]
        except self.service.exceptions.RepositoryPolicyNotFoundException:
            return None

    def _lifecycle_policy(self, about: Mapping[str, Any]) -> str | None:
        try:
            return self.service.get_lifecycle_policy(**about)["lifecyclePolicyText"]
        except self.service.exceptions.LifecyclePolicyNotFoundException:
            return None


class _Registry:
    """The settings of a registry, asked call by call."""

    def __init__(self, service: "ECRClient", registry_id: str | None) -> None:
        self._service = service
        self._registry_id = registry_id
        self._own_id: str | None = None

    def settings(self) -> Json:
        """What is told of the registry, and what is refused."""
        told, _ = _told(
            {
                "replicationConfiguration": self._replication,
                "scanningConfiguration": self._scanning,
                "registryPolicyText": self._policy,
                "registryPolicyScope": self._scope,
                "pullThroughCacheRules": self._cache_rules,
                "repositoryCreationTemplates": self._templates,
            }
        )
        registry_id = self._registry_id or self._own_id
        return ({} if registry_id is None else {"registryId": registry_id}) | told

    def _own(self, answer: Any) -> Any:
        """The answer, if it is about the registry that is meant: many are about the caller's."""
        self._own_id = answer.get("registryId", self._own_id)
        self._require_own()
        return answer

    def _require_own(self) -> None:
        if self._registry_id not in (None, self._own_id):
            raise _NotTold("not told: the service tells this of the caller's own registry alone")

    def _replication(self) -> Any:
        return self._own(self._service.describe_registry())["replicationConfiguration"]

    def _scanning(self) -> Any:
        answer = self._service.get_registry_scanning_configuration()
        return self._own(answer)["scanningConfiguration"]

    def _policy(self) -> str | None:
        try:
            return str(self._own(self._service.get_registry_policy())["policyText"])
        except self._service.exceptions.RegistryPolicyNotFoundException:
            self._require_own()
            return None

    def _scope(self) -> str:
        self._require_own()
        return self._service.get_account_setting(name=_SCOPE)["value"]

    def _cache_rules(self) -> list[Any]:
        pages = self._service.get_paginator("describe_pull_through_cache_rules").paginate(
            **of_registry(self._registry_id), PaginationConfig={"PageSize": _PAGE}
        )
        return [each for page in pages for each in page["pullThroughCacheRules"]]

    def _templates(self) -> list[Any]:
        pages = self._service.get_paginator("describe_repository_creation_templates").paginate(
            PaginationConfig={"PageSize": _PAGE}
        )
        return [each for page in pages for each in self._own(page)["repositoryCreationTemplates"]]


class _NotTold(Exception):
    """Something that the service does not tell of this registry; the text says why."""


class _Asked(NamedTuple):
    """The members that the service tells, the others with reasons under `refused`.

    `lost` is what kept the answers from arriving; nothing was asked then any more.
    """

    told: Json
    lost: "BotoCoreError | None"


def _told(asked: Mapping[str, Callable[[], Any]]) -> _Asked:
    told: Json = {}
    refused: dict[str, str] = {}
    lost: BotoCoreError | None = None
    for member, ask in asked.items():
        try:
            if lost is None:
                told[member] = ask()
        except ClientError as error:
            if code_of(error) in _OF_CREDENTIALS:
                raise
            refused[member] = refusal(error)
        except (exceptions.HTTPClientError, exceptions.ConnectionError) as error:
            lost = error
        except KeyError as error:
            refused[member] = f"not told: the answer has no {error}"
        except _NotTold as error:
            refused[member] = str(error)
        if lost is not None:
            refused[member] = f"{type(lost).__name__}: {lost}"
    return _Asked(told | ({"refused": refused} if refused else {}), lost)
