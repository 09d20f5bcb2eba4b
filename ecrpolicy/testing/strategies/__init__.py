"""Hypothesis strategies for images, policies, settings and requests.

All that they draw is what the service would accept; the `invalid_…` ones draw documents that
break one rule, and say which. Needs the extra `testing`.

>>> from hypothesis import find
>>> find(tags(pattern="prod-*"), lambda tag: True)
'prod-1'
"""

from ecrpolicy.testing.strategies.caching import cache_rules, repository_creation_templates
from ecrpolicy.testing.strategies.iam import (
    callers,
    iam_policies,
    policy_sets,
    requests,
)
from ecrpolicy.testing.strategies.images import images, repositories
from ecrpolicy.testing.strategies.invalid import Invalid
from ecrpolicy.testing.strategies.invalid_caching import (
    invalid_cache_rules,
    invalid_repository_creation_templates,
)
from ecrpolicy.testing.strategies.invalid_iam import invalid_iam_policies
from ecrpolicy.testing.strategies.invalid_lifecycle import invalid_lifecycle_policies
from ecrpolicy.testing.strategies.invalid_requests import invalid_requests
from ecrpolicy.testing.strategies.invalid_settings import (
    invalid_replication_configurations,
    invalid_scanning_configurations,
)
from ecrpolicy.testing.strategies.invalid_snapshots import invalid_images, invalid_repositories
from ecrpolicy.testing.strategies.invalid_words import (
    invalid_arns,
    invalid_repository_names,
    invalid_tags,
)
from ecrpolicy.testing.strategies.lifecycle import lifecycle_policies
from ecrpolicy.testing.strategies.options import NOW
from ecrpolicy.testing.strategies.registries import registries
from ecrpolicy.testing.strategies.replication import replication_configurations
from ecrpolicy.testing.strategies.scanning import scanning_configurations
from ecrpolicy.testing.strategies.words import (
    account_ids,
    arns,
    digests,
    regions,
    repository_names,
    tags,
)

__all__ = [
    "NOW",
    "Invalid",
    "account_ids",
    "arns",
    "cache_rules",
    "callers",
    "digests",
    "iam_policies",
    "images",
    "invalid_arns",
    "invalid_cache_rules",
    "invalid_iam_policies",
    "invalid_images",
    "invalid_lifecycle_policies",
    "invalid_replication_configurations",
    "invalid_repositories",
    "invalid_repository_creation_templates",
    "invalid_repository_names",
    "invalid_requests",
    "invalid_scanning_configurations",
    "invalid_tags",
    "lifecycle_policies",
    "policy_sets",
    "regions",
    "registries",
    "replication_configurations",
    "repositories",
    "repository_creation_templates",
    "repository_names",
    "requests",
    "scanning_configurations",
    "tags",
]
