"""The limits of the service, as data.

`QUOTAS` are the quotas of a registry, each with its value in the guide of 2023 and, where it has
changed since, today's; the newer decides. Below them stand the limits of single documents, and
those of the tags of a repository.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota: its name, what it counts, and its value in 2023 and today.

    `guide` is the value in the Amazon ECR User Guide of 2023, None where it had none; `newer`
    that of today's "Amazon ECR service quotas", None where it has not changed.
    """

    name: str
    unit: str
    guide: int | None
    newer: int | None = None
    adjustable: bool = False

    @property
    def value(self) -> int:
        """What holds today, before any adjustment for an account.

        >>> IMAGES_PER_REPOSITORY.value
        100000
        """
        found = self.guide if self.newer is None else self.newer
        if found is None:
            raise ValueError(f"the quota `{self.name}` has no value")
        return found


def _rate(action: str, guide: int) -> Quota:
    return Quota(f"Rate of {action} requests", "requests a second", guide, adjustable=True)


REGISTERED_REPOSITORIES: Final = Quota(
    "Registered repositories", "repositories of a registry", 10_000, 100_000, adjustable=True
)
IMAGES_PER_REPOSITORY: Final = Quota(
    "Images per repository", "images of a repository", 10_000, 100_000, adjustable=True
)
TAGS_PER_IMAGE: Final = Quota("Tags per image", "tags of an image", 1_000)
LIFECYCLE_POLICY_LENGTH: Final = Quota("Lifecycle policy length", "characters", 30_720)
RULES_PER_LIFECYCLE_POLICY: Final = Quota("Rules per lifecycle policy", "rules of a policy", 50)
RULES_PER_REPLICATION_CONFIGURATION: Final = Quota(
    "Rules per replication configuration", "rules of a registry", 10
)
REPLICATION_DESTINATIONS: Final = Quota(
    "Unique destinations across all rules in a replication configuration",
    "destinations of a registry",
    25,
)
FILTERS_PER_REPLICATION_RULE: Final = Quota(
    "Filters per rule in a replication configuration", "filters of a rule", 100
)
PULL_THROUGH_CACHE_RULES: Final = Quota(
    "Pull through cache rules per registry", "rules of a registry", 10, 50
)
LAYER_PARTS: Final = Quota("Layer parts", "parts of a layer", 4_200)
LAYER_PART_MAX_SIZE: Final = Quota("Maximum layer part size", "MiB", 10)
LAYER_MAX_SIZE: Final = Quota("Maximum layer size", "MiB", 52_000)
LAYER_PART_MIN_SIZE: Final = Quota("Minimum layer part size", "MiB", 5)
IMAGE_SCANS: Final = Quota("Rate of image scans", "scans of an image in 24 hours", 1)

QUOTAS: Final[tuple[Quota, ...]] = (
    REGISTERED_REPOSITORIES,
    IMAGES_PER_REPOSITORY,
    TAGS_PER_IMAGE,
    LIFECYCLE_POLICY_LENGTH,
    RULES_PER_LIFECYCLE_POLICY,
    RULES_PER_REPLICATION_CONFIGURATION,
    REPLICATION_DESTINATIONS,
    FILTERS_PER_REPLICATION_RULE,
    PULL_THROUGH_CACHE_RULES,
    IMAGE_SCANS,
    Quota("Basic image scans per 24 hours", "scans of a registry in 24 hours", None, 100_000),
    LAYER_PARTS,
    LAYER_PART_MAX_SIZE,
    LAYER_MAX_SIZE,
    LAYER_PART_MIN_SIZE,
    _rate("BatchCheckLayerAvailability", 1_000),
    _rate("BatchGetImage", 2_000),
    _rate("CompleteLayerUpload", 100),
    _rate("GetAuthorizationToken", 500),
    _rate("GetDownloadUrlForLayer", 3_000),
    _rate("InitiateLayerUpload", 100),
    _rate("PutImage", 10),
    _rate("UploadLayerPart", 500),
)
"""The quotas of "Amazon ECR service quotas", all of those of the guide among them."""

# Amazon ECR API Reference, "PutLifecyclePolicy": lengths of lifecyclePolicyText.
LIFECYCLE_POLICY_MIN_CHARACTERS: Final = 100
LIFECYCLE_POLICY_MAX_CHARACTERS: Final = LIFECYCLE_POLICY_LENGTH.value
LIFECYCLE_POLICY_MAX_RULES: Final = RULES_PER_LIFECYCLE_POLICY.value

# Amazon ECR User Guide, "Lifecycle policy properties": wildcards in one pattern, and the age
# from which on archived images may be expired.
TAG_PATTERN_MAX_WILDCARDS: Final = 4
ARCHIVED_MIN_DAYS: Final = 90

# Amazon ECR API Reference, "PutImage": length of imageManifest.
MANIFEST_MAX_CHARACTERS: Final = 4_194_304

# Amazon ECR API Reference, "BatchGetImage": images of one request.
BATCH_GET_IMAGE_MAX_IMAGES: Final = 100

# Amazon ECR API Reference, "RegistryScanningConfiguration", "RegistryScanningRule" and
# "ScanningRepositoryFilter".
SCANNING_MAX_RULES: Final = 2
SCANNING_MAX_FILTERS: Final = 100
SCANNING_FILTER_MAX_CHARACTERS: Final = 255

# Amazon ECR User Guide, "Private image replication", "Considerations".
REPLICATION_MAX_RULES: Final = RULES_PER_REPLICATION_CONFIGURATION.value
REPLICATION_MAX_DESTINATIONS: Final = REPLICATION_DESTINATIONS.value
REPLICATION_MAX_FILTERS: Final = FILTERS_PER_REPLICATION_RULE.value

# Amazon ECR API Reference, "ReplicationRule": entries of one list, equal ones among them.
REPLICATION_MAX_DESTINATIONS_OF_RULE: Final = 100

# Amazon ECR API Reference, "RepositoryFilter".
REPLICATION_FILTER_MIN_CHARACTERS: Final = 2
REPLICATION_FILTER_MAX_CHARACTERS: Final = 256

# Amazon ECR API Reference, "PullThroughCacheRule" and "RepositoryCreationTemplate".
CACHE_PREFIX_MIN_CHARACTERS: Final = 2
CACHE_PREFIX_MAX_CHARACTERS: Final = 30
CREDENTIAL_MIN_CHARACTERS: Final = 50
CREDENTIAL_MAX_CHARACTERS: Final = 612
TEMPLATE_PREFIX_MAX_CHARACTERS: Final = 256
TEMPLATE_DESCRIPTION_MAX_CHARACTERS: Final = 256
ROLE_MAX_CHARACTERS: Final = 2_048
KMS_KEY_MAX_CHARACTERS: Final = 2_048

# Amazon ECR API Reference, "ImageTagMutabilityExclusionFilter"; the wildcards: Amazon ECR User
# Guide, "Preventing image tags from being overwritten in Amazon ECR".
EXCLUSION_MAX_FILTERS: Final = 5
EXCLUSION_FILTER_MAX_CHARACTERS: Final = 128
EXCLUSION_FILTER_MAX_WILDCARDS: Final = 2

# Amazon ECR API Reference, "Repository"; the length of a tag is the OCI distribution
# specification's.
REPOSITORY_NAME_MIN_CHARACTERS: Final = 2
REPOSITORY_NAME_MAX_CHARACTERS: Final = 256
IMAGE_TAG_MAX_CHARACTERS: Final = 128

TAGS_PER_REPOSITORY: Final = Quota("Tags per repository", "tags of a repository", 50)
REPOSITORY_TAG_KEY_LENGTH: Final = Quota("Tag key length", "characters of a repository's tag", 128)
REPOSITORY_TAG_VALUE_LENGTH: Final = Quota(
    "Tag value length", "characters of a repository's tag", 256
)

TAG_RESTRICTIONS: Final[tuple[Quota, ...]] = (
    TAGS_PER_REPOSITORY,
    REPOSITORY_TAG_KEY_LENGTH,
    REPOSITORY_TAG_VALUE_LENGTH,
)
"""The limits of the tags of a repository: "Tagging a private repository", "Tag restrictions"."""

RESOURCE_MAX_TAGS: Final = TAGS_PER_REPOSITORY.value
RESOURCE_TAG_KEY_MAX_CHARACTERS: Final = REPOSITORY_TAG_KEY_LENGTH.value
RESOURCE_TAG_VALUE_MAX_CHARACTERS: Final = REPOSITORY_TAG_VALUE_LENGTH.value

# Amazon ECR API Reference, "SetRepositoryPolicy" and "PutRegistryPolicy": lengths of policyText.
REPOSITORY_POLICY_MAX_CHARACTERS: Final = 10_240
REGISTRY_POLICY_MAX_CHARACTERS: Final = 10_240

# IAM User Guide, "IAM and AWS STS quotas": a managed policy, white space not counted, and what
# IAM's API takes at all; session policies.
IDENTITY_POLICY_MAX_CHARACTERS: Final = 6_144
IDENTITY_POLICY_MAX_CHARACTERS_SENT: Final = 131_072
SESSION_POLICY_MAX_CHARACTERS: Final = 2_048

# AWS Organizations User Guide, "Quotas and service limits for AWS Organizations".
SERVICE_CONTROL_POLICY_MAX_CHARACTERS: Final = 5_120
RESOURCE_CONTROL_POLICY_MAX_CHARACTERS: Final = 5_120

# AWS PrivateLink Guide, "AWS PrivateLink quotas": a VPC endpoint policy.
ENDPOINT_POLICY_MAX_CHARACTERS: Final = 20_480

# The largest policy that a service takes for one of its resources (Amazon OpenSearch Service
# Developer Guide, "Amazon OpenSearch Service quotas").
RESOURCE_POLICY_MAX_CHARACTERS: Final = 102_400
