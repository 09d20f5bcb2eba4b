"""Registries: repositories and all settings together."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ecrpolicy.caching import Template
from ecrpolicy.iam import Kind
from ecrpolicy.regions import PARTITIONS
from ecrpolicy.scanning import ScanningConfiguration
from ecrpolicy.snapshot import Registry, Repository
from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.building import built
from ecrpolicy.testing.strategies.caching import (
    Mutability,
    cache_rules,
    lifecycle_policy_texts,
    mutabilities,
    repository_creation_templates,
    repository_policy_texts,
)
from ecrpolicy.testing.strategies.iam import iam_policies
from ecrpolicy.testing.strategies.images import repositories as _repositories
from ecrpolicy.testing.strategies.options import NOW, check_now, check_number
from ecrpolicy.testing.strategies.replication import replication_configurations
from ecrpolicy.testing.strategies.scanning import scanning_configurations


def registries(
    *,
    now: datetime = NOW,
    accounts: SearchStrategy[str] | None = None,
    regions: SearchStrategy[str] | None = None,
    repositories: SearchStrategy[Repository] | None = None,
    max_repositories: int = 3,
) -> SearchStrategy[Registry]:
    """Registries as they were at `now`, with repositories, their settings and their policies.

    What `repositories` draws gets settings and policies where it has none. Shrinks to the
    registry of `111122223333` in `us-east-1`, without repositories, nothing being set.
    """
    check_now(now)
    check_number("max_repositories", max_repositories)
    account = words.account_ids() if accounts is None else accounts
    region = words.regions() if regions is None else regions
    held = _repositories(now=now, max_images=3) if repositories is None else repositories
    settled = built(
        _with_settings,
        held,
        mutabilities(),
        lifecycle_policy=st.none() | st.just("") | lifecycle_policy_texts(),
        policy=st.none() | st.just("") | repository_policy_texts(),
        scan_on_push=st.none() | st.booleans(),
    )
    return _registries(
        now,
        account,
        region,
        st.lists(settled, max_size=max_repositories, unique_by=lambda each: each.name),
        st.none() | st.just("") | _policy_texts(),
        st.none() | scanning_configurations(),
        st.lists(
            repository_creation_templates(),
            max_size=2,
            unique_by=lambda template: template.prefix.removesuffix("/"),
        ),
    )


def _policy_texts() -> SearchStrategy[str]:
    policies = iam_policies(kind=Kind.REGISTRY, max_statements=2)
    return policies.map(lambda policy: json.dumps(policy.document()))


@st.composite
def _registries(
    draw: DrawFn,
    now: datetime,
    accounts: SearchStrategy[str],
    regions: SearchStrategy[str],
    repositories: SearchStrategy[list[Repository]],
    policies: SearchStrategy[str | None],
    scannings: SearchStrategy[ScanningConfiguration | None],
    templates: SearchStrategy[list[Template]],
) -> Registry:
    account, region = draw(accounts), draw(regions)
    scanning = draw(scannings)
    # What these two may be hangs on the registry.
    replication = draw(st.none() | replication_configurations(account=account, region=region))
    rules = st.lists(
        cache_rules(account=account, region=region),
        max_size=2,
        unique_by=lambda rule: rule.ecr_repository_prefix.removesuffix("/"),
    )
    return Registry(
        account,
        region,
        PARTITIONS[region],
        tuple(draw(repositories)),
        policy=draw(policies),
        scanning_configuration=None if scanning is None else scanning.document(),
        replication_configuration=None if replication is None else replication.document(),
        pull_through_cache_rules=tuple(each.document() for each in draw(rules)),
        repository_creation_templates=tuple(each.document() for each in draw(templates)),
        taken_at=now,
    )


def _with_settings(
    repository: Repository,
    mutability: Mutability,
    *,
    lifecycle_policy: str | None,
    policy: str | None,
    scan_on_push: bool | None,
) -> Repository:
    """The repository with settings and policies, but where it has some."""
    members: dict[str, Any] = {}
    if repository.image_tag_mutability is None:
        chosen, filters = mutability
        members["image_tag_mutability"] = chosen
        members["image_tag_mutability_exclusion_filters"] = tuple(
            each.filter for each in filters or ()
        )
    return replace(
        repository,
        lifecycle_policy=repository.lifecycle_policy or lifecycle_policy,
        policy=repository.policy or policy,
        scan_on_push=scan_on_push if repository.scan_on_push is None else repository.scan_on_push,
        **members,
    )
