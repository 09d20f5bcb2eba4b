"""Pull-through cache rules and repository creation templates: what a name falls under, and why.

>>> from ecrpolicy import caching
"""

from ecrpolicy.caching.access import may_cache, may_create, who_can_create, who_can_import
from ecrpolicy.caching.evaluate import (
    Cached,
    NewRepository,
    by_cause,
    by_prefix,
    cached,
    cached_by,
    new_repository,
    template_for,
)
from ecrpolicy.caching.model import (
    ROOT,
    CacheRule,
    Cause,
    Encryption,
    EncryptionType,
    ExclusionFilter,
    ExclusionFilterType,
    ResourceTag,
    Template,
    UpstreamRegistry,
)
from ecrpolicy.caching.parse import parse_rules, parse_templates
from ecrpolicy.caching.pull import (
    BETWEEN_LOOKS,
    BETWEEN_RECORDS,
    Pull,
    Pulled,
    is_due,
    looks_upstream,
    pull,
)
from ecrpolicy.caching.troubles import Trouble, pull_trouble, troubles
from ecrpolicy.caching.upstreams import Upstream, upstream_of

__all__ = [
    "BETWEEN_LOOKS",
    "BETWEEN_RECORDS",
    "ROOT",
    "CacheRule",
    "Cached",
    "Cause",
    "Encryption",
    "EncryptionType",
    "ExclusionFilter",
    "ExclusionFilterType",
    "NewRepository",
    "Pull",
    "Pulled",
    "ResourceTag",
    "Template",
    "Trouble",
    "Upstream",
    "UpstreamRegistry",
    "by_cause",
    "by_prefix",
    "cached",
    "cached_by",
    "is_due",
    "looks_upstream",
    "may_cache",
    "may_create",
    "new_repository",
    "parse_rules",
    "parse_templates",
    "pull",
    "pull_trouble",
    "template_for",
    "troubles",
    "upstream_of",
    "who_can_create",
    "who_can_import",
]
