"""Pull-through cache rules and repository creation templates as frozen models.

Member names are those of the API ("PullThroughCacheRule", "RepositoryCreationTemplate"), in
snake_case; those that only tell when and by whom something was made are read and let be.
"""

from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field, StrictStr

from ecrpolicy.document.wire import WireModel
from ecrpolicy.snapshot import TagMutability

ROOT: Final = "ROOT"
"""The prefix that stands for all repositories that no other prefix matches."""


class UpstreamRegistry(StrEnum):
    """The kinds of registries that can be cached, by the names of the API."""

    ECR = "ecr"
    ECR_PUBLIC = "ecr-public"
    QUAY = "quay"
    K8S = "k8s"
    DOCKER_HUB = "docker-hub"
    GITHUB_CONTAINER_REGISTRY = "github-container-registry"
    AZURE_CONTAINER_REGISTRY = "azure-container-registry"
    GITLAB_CONTAINER_REGISTRY = "gitlab-container-registry"
    CHAINGUARD = "chainguard"


class EncryptionType(StrEnum):
    """How a repository is encrypted."""

    AES256 = "AES256"
    KMS = "KMS"
    KMS_DSSE = "KMS_DSSE"


class Cause(StrEnum):
    """What repositories are created by, for which a template can be."""

    PULL_THROUGH_CACHE = "PULL_THROUGH_CACHE"
    REPLICATION = "REPLICATION"
    CREATE_ON_PUSH = "CREATE_ON_PUSH"


class ExclusionFilterType(StrEnum):
    """How an exclusion filter is meant."""

    WILDCARD = "WILDCARD"


class CacheRule(WireModel, frozen=True):
    """The repositories that are filled from an upstream registry."""

    ecr_repository_prefix: StrictStr
    upstream_registry_url: StrictStr
    upstream_registry: UpstreamRegistry | None = None
    credential_arn: StrictStr | None = None
    custom_role_arn: StrictStr | None = None
    upstream_repository_prefix: StrictStr | None = None
    registry_id: StrictStr | None = None
    created_at: Any = Field(default=None, repr=False)
    updated_at: Any = Field(default=None, repr=False)


class CacheRules(WireModel, frozen=True, title="Amazon ECR pull through cache rules"):
    """The cache rules of a registry, as `describe-pull-through-cache-rules` prints them."""

    pull_through_cache_rules: tuple[CacheRule, ...]


class ExclusionFilter(WireModel, frozen=True):
    """Tags that are not as the mutability of their repository says."""

    filter: StrictStr
    filter_type: ExclusionFilterType


class Encryption(WireModel, frozen=True):
    """How a repository is encrypted, and with which key."""

    encryption_type: EncryptionType
    kms_key: StrictStr | None = None


class ResourceTag(BaseModel, frozen=True, extra="forbid", populate_by_name=True):
    """A tag of a repository."""

    key: Annotated[StrictStr, Field(alias="Key")]
    value: Annotated[StrictStr, Field(alias="Value")]


class Template(WireModel, frozen=True):
    """What repositories get that the service itself creates."""

    prefix: StrictStr
    applied_for: tuple[Cause, ...]
    description: StrictStr | None = None
    encryption_configuration: Encryption | None = None
    resource_tags: tuple[ResourceTag, ...] | None = None
    image_tag_mutability: TagMutability | None = None
    image_tag_mutability_exclusion_filters: tuple[ExclusionFilter, ...] | None = None
    repository_policy: StrictStr | None = None
    lifecycle_policy: StrictStr | None = None
    custom_role_arn: StrictStr | None = None
    created_at: Any = Field(default=None, repr=False)
    updated_at: Any = Field(default=None, repr=False)


class Templates(WireModel, frozen=True, title="Amazon ECR repository creation templates"):
    """The templates of a registry, as `describe-repository-creation-templates` prints them."""

    repository_creation_templates: tuple[Template, ...]
    registry_id: StrictStr | None = None
