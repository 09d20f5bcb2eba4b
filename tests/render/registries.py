"""Registries for tests of what is drawn and written of them; no name in them is checked."""

from typing import Any

from ecrpolicy.caching import CacheRule, Cause, Template
from ecrpolicy.replication import ReplicationConfiguration, Topology
from ecrpolicy.scanning import ScanningConfiguration
from ecrpolicy.settings import Settings, Survey
from ecrpolicy.snapshot import Image, Registry, Repository
from tests.builders import NOW, digest

HOME, OTHER = "111122223333", "444455556666"


def replicating(*rules: dict[str, Any]) -> dict[str, Any]:
    """A replication configuration."""
    return {"rules": list(rules)}


def rule(*places: str, filters: tuple[str, ...] = (), deletions: bool = False) -> dict[str, Any]:
    """A rule to some places, each an account and a Region."""
    destinations = [
        dict(zip(("registryId", "region"), place.split(), strict=True)) for place in places
    ]
    met = [{"filter": text, "filterType": "PREFIX_MATCH"} for text in filters]
    return {
        "destinations": destinations,
        **({"repositoryFilters": met} if met else {}),
        "deleteReplication": {"enabled": deletions},
    }


def hostile(name: str) -> Survey:
    """A registry in which everything that has a name bears this one."""
    repository = Repository(
        name,
        images=(Image(digest("a"), NOW, tags=(name,)),),
        image_tag_mutability_exclusion_filters=(name,),
        refused={"policyText": name, "tags": f"{name}: {name}"},
    )
    registry = Registry(
        HOME,
        f"x{name}",
        repositories=(repository,),
        scanning_configuration={},
        replication_configuration={"rules": []},
        pull_through_cache_rules=(),
        repository_creation_templates=(),
        refused={"registryPolicyText": name},
    )
    settings = Settings(
        registry,
        ScanningConfiguration.model_validate(
            {
                "rules": [
                    {
                        "scanFrequency": "MANUAL",
                        "repositoryFilters": [{"filter": name, "filterType": "WILDCARD"}],
                    }
                ]
            }
        ),
        ReplicationConfiguration.model_validate(
            replicating(rule(f"{HOME} us-east-1", filters=(name,), deletions=True))
        ),
        (CacheRule(ecr_repository_prefix="ROOT", upstream_registry_url=name),),
        (Template(prefix="ROOT", applied_for=(Cause.REPLICATION,), custom_role_arn=name),),
    )
    return Survey(settings, Topology((registry,)))
