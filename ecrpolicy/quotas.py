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
