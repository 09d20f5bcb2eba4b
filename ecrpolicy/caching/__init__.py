"""Pull-through cache rules and repository creation templates: what a name falls under, and why.

>>> from ecrpolicy import caching
"""

from ecrpolicy.caching.access import may_cache, may_create, who_can_create, who_can_import
from ecrpolicy.caching.evaluate import (
    BETWEEN_LOOKS,
    BETWEEN_RECORDS,
    Cached,
    NewRepository,
    by_cause,
    by_prefix,
    cached,
    cached_by,
    is_due,
    looks_upstream,
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
    "ResourceTag",
    "Template",
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
    "template_for",
    "upstream_of",
    "who_can_create",
    "who_can_import",
]
