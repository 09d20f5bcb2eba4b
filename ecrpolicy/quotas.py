"""The limits of the service, as data."""

from typing import Final

# Amazon ECR API Reference, "PutLifecyclePolicy": lengths of lifecyclePolicyText.
LIFECYCLE_POLICY_MIN_CHARACTERS: Final = 100
LIFECYCLE_POLICY_MAX_CHARACTERS: Final = 30_720

# Amazon ECR User Guide, "Amazon ECR service quotas": rules per lifecycle policy.
LIFECYCLE_POLICY_MAX_RULES: Final = 50

# Amazon ECR User Guide, "Lifecycle policy properties": wildcards in one pattern, and the age
# from which on archived images may be expired.
TAG_PATTERN_MAX_WILDCARDS: Final = 4
ARCHIVED_MIN_DAYS: Final = 90

# Amazon ECR API Reference, "BatchGetImage": images of one request.
BATCH_GET_IMAGE_MAX_IMAGES: Final = 100

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
