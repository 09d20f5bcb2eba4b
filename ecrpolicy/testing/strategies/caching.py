"""Pull-through cache rules and repository creation templates that the service would accept."""

import json
from functools import partial
from typing import Any, Final, cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecrpolicy import quotas
from ecrpolicy.caching import (
    ROOT,
    CacheRule,
    Cause,
    Encryption,
    EncryptionType,
    ExclusionFilter,
    ExclusionFilterType,
    ResourceTag,
    Template,
    Upstream,
    UpstreamRegistry,
    upstream_of,
)
from ecrpolicy.caching.upstreams import NEEDS_SECRET
from ecrpolicy.iam import Kind
from ecrpolicy.regions import PARTITIONS
from ecrpolicy.snapshot import TagMutability
from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.building import built, tuples_of
from ecrpolicy.testing.strategies.iam import iam_policies
from ecrpolicy.testing.strategies.lifecycle import lifecycle_policies
from ecrpolicy.testing.strategies.options import check_home

_HOSTS: Final = (
    *("quay.io", "public.ecr.aws", "registry.k8s.io", "registry-1.docker.io", "ghcr.io"),
    *("registry.gitlab.com", "cgr.dev", "example.azurecr.io"),
)
_WITH_EXCLUSION: Final = (
    TagMutability.MUTABLE_WITH_EXCLUSION,
    TagMutability.IMMUTABLE_WITH_EXCLUSION,
)


def cache_rules(
    *, account: str | None = None, region: str | None = None
) -> SearchStrategy[CacheRule]:
    """Pull-through cache rules, of the registry of an `account` in a `region` where given.

    In a registry, each has a prefix of its own. Shrinks to a cache of `quay.io` below `web`.
    """
    check_home(account, region)
    prefixes = _prefixes(quotas.CACHE_PREFIX_MAX_CHARACTERS)
    return built(
        partial(_cache_rule, account or words.ACCOUNTS[0], region or "us-east-1"),
        prefixes,
        st.sampled_from(_HOSTS) | _registries(),
        upstream_prefix=st.none() | prefixes,
        is_told=st.booleans(),
    )


def _cache_rule(
    account: str, region: str, prefix: str, url: str, *, upstream_prefix: str | None, is_told: bool
) -> CacheRule:
    """A rule that has what its upstream needs; `is_told`: what follows is written out too."""
    upstream = cast("Upstream", upstream_of(url))
    members: dict[str, Any] = {}
    if upstream.registry in NEEDS_SECRET:
        secret = f"arn:{PARTITIONS[region]}:secretsmanager:{region}:{account}:secret"
        members["credential_arn"] = f"{secret}:ecr-pullthroughcache/{prefix.strip('/')}"
    if upstream.registry is UpstreamRegistry.ECR and upstream.account != account:
        members["custom_role_arn"] = f"arn:{PARTITIONS[region]}:iam::{account}:role/cache"
    if upstream_prefix is not None:
        members["upstream_repository_prefix"] = ROOT if prefix == ROOT else upstream_prefix
    if is_told:
        members |= {"upstream_registry": upstream.registry, "registry_id": account}
    return CacheRule(ecr_repository_prefix=prefix, upstream_registry_url=url, **members)


def _registries() -> SearchStrategy[str]:
    return st.builds(
        "{}.dkr.ecr.{}.amazonaws.com".format, words.account_ids(), words.regions(partition="aws")
    )


def _prefixes(longest: int) -> SearchStrategy[str]:
    names = words.names_up_to(min(longest - 1, 60))
    return st.sampled_from(("web", "team", ROOT)) | names | names.map(lambda name: f"{name}/")


def repository_creation_templates() -> SearchStrategy[Template]:
    """Repository creation templates. In a registry, each has a prefix of its own.

    Shrinks to one for `web` and pull through caches that sets nothing.
    """
    mutability = mutabilities()
    return built(
        lambda settings, **members: Template(
            image_tag_mutability=settings[0],
            image_tag_mutability_exclusion_filters=settings[1],
            **members,
        ),
        mutability,
        prefix=_prefixes(quotas.TEMPLATE_PREFIX_MAX_CHARACTERS),
        applied_for=tuples_of(st.sampled_from(Cause), least=1, most=len(Cause), key=str),
        description=st.none() | st.text(max_size=20),
        encryption_configuration=st.none() | _encryptions(),
        resource_tags=st.none() | _resource_tags(),
        repository_policy=st.none() | st.just("") | repository_policy_texts(),
        lifecycle_policy=st.none() | st.just("") | lifecycle_policy_texts(),
        custom_role_arn=st.none()
        | words.account_ids().map(lambda account: f"arn:aws:iam::{account}:role/templates"),
    )


Mutability = tuple[TagMutability | None, tuple[ExclusionFilter, ...] | None]


def mutabilities() -> SearchStrategy[Mutability]:
    """A mutability, or None, with the exclusion filters that it must have, or None."""
    tag = words.tags().map(lambda text: text[:40])
    texts = tag | tag.map(lambda text: f"{text}*") | tag.map(lambda text: f"*{text}*")
    filters = built(
        ExclusionFilter, filter=texts, filter_type=st.just(ExclusionFilterType.WILDCARD)
    )
    several = tuples_of(filters, least=1, most=quotas.EXCLUSION_MAX_FILTERS)
    plain = [each for each in TagMutability if each not in _WITH_EXCLUSION]
    return st.tuples(st.none() | st.sampled_from(plain), st.none()) | st.tuples(
        st.sampled_from(_WITH_EXCLUSION), several
    )


def _encryptions() -> SearchStrategy[Encryption]:
    key = st.none() | st.just("arn:aws:kms:us-east-1:111122223333:key/1234abcd")
    plain = st.just(Encryption(encryption_type=EncryptionType.AES256))
    with_key = built(
        Encryption,
        encryption_type=st.sampled_from((EncryptionType.KMS, EncryptionType.KMS_DSSE)),
        kms_key=key,
    )
    return plain | with_key


def _resource_tags() -> SearchStrategy[tuple[ResourceTag, ...]]:
    keys = st.sampled_from(("team", "env", "cost-center"))
    values = st.sampled_from(("", "web", "prod"))
    tags = built(ResourceTag, key=keys, value=values)
    return tuples_of(tags, most=3, key=lambda tag: tag.key)


def lifecycle_policy_texts() -> SearchStrategy[str]:
    """Texts of lifecycle policies."""
    return lifecycle_policies(max_rules=2).map(lambda policy: json.dumps(policy.document()))


def repository_policy_texts() -> SearchStrategy[str]:
    """Texts of repository policies."""
    policies = iam_policies(kind=Kind.REPOSITORY, max_statements=2)
    return policies.map(lambda policy: json.dumps(policy.document()))
