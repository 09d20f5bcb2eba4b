"""The settings of a registry, read once for all of its repositories."""

from dataclasses import dataclass
from functools import cached_property

from ecrpolicy import caching, replication, scanning
from ecrpolicy.caching import CacheRule, Template
from ecrpolicy.caching.prefixes import Prefixes
from ecrpolicy.replication import ReplicationConfiguration
from ecrpolicy.scanning import ScanningConfiguration
from ecrpolicy.snapshot import Registry


@dataclass(frozen=True)
class Settings:
    """What a registry is set to, as models; `unknown` names what the snapshot does not tell.

    What is not told is taken to be as the service sets it up: basic scanning without rules, no
    replication, no cache rules, no templates.
    """

    registry: Registry
    scanning: ScanningConfiguration
    replication: ReplicationConfiguration
    cache_rules: tuple[CacheRule, ...]
    templates: tuple[Template, ...]

    @classmethod
    def of(cls, registry: Registry) -> "Settings":
        """The settings of a registry; raises InvalidPolicy where the service would take none.

        >>> Settings.of(Registry("111122223333", "us-east-1")).unknown[0]
        'scanning configuration'
        """
        account, region = registry.account, registry.region
        return cls(
            registry,
            scanning.parse(registry.scanning_configuration or {}),
            replication.parse(
                registry.replication_configuration or {"rules": []}, account=account, region=region
            ),
            caching.parse_rules(
                registry.pull_through_cache_rules or (), account=account, region=region
            ),
            caching.parse_templates(registry.repository_creation_templates or ()),
        )

    @property
    def unknown(self) -> tuple[str, ...]:
        """The settings that the snapshot does not tell."""
        told = {
            "scanning configuration": self.registry.scanning_configuration,
            "replication configuration": self.registry.replication_configuration,
            "pull through cache rules": self.registry.pull_through_cache_rules,
            "repository creation templates": self.registry.repository_creation_templates,
        }
        return tuple(name for name, value in told.items() if value is None)

    @cached_property
    def cache_rules_by_prefix(self) -> Prefixes[CacheRule]:
        """The cache rules, to be found by names."""
        return caching.by_prefix(self.cache_rules)
