"""What makes `hypothesis.strategies.from_type` know the models of this library.

Hypothesis calls `register` when it is imported, whatever is tested. So nothing of the library is
imported here: its types become known when the modules that they stand in are.
"""

from types import ModuleType
from typing import Any, Final

# The types of each module, and the strategies that draw them.
_TYPES: Final = {
    "ecrpolicy.snapshot": {
        "Layer": "layers",
        "Image": "images",
        "Repository": "repositories",
        "Registry": "registries",
    },
    "ecrpolicy.lifecycle.model": {"LifecyclePolicy": "lifecycle_policies"},
    "ecrpolicy.iam.model": {"Policy": "iam_policies"},
    "ecrpolicy.iam.request": {"Request": "requests"},
    "ecrpolicy.iam.policies": {"PolicySet": "policy_sets"},
    "ecrpolicy.iam.identities": {"Identities": "identities"},
    "ecrpolicy.replication.model": {"ReplicationConfiguration": "replication_configurations"},
    "ecrpolicy.scanning.model": {"ScanningConfiguration": "scanning_configurations"},
    "ecrpolicy.caching.model": {
        "CacheRule": "cache_rules",
        "CacheRules": "all_cache_rules",
        "Template": "repository_creation_templates",
        "Templates": "all_templates",
    },
    "ecrpolicy.settings.model": {"Settings": "all_settings"},
}

# The types of each module that mean nothing by themselves, and the strategy that draws what they
# are parts of.
_PARTS: Final = {
    "ecrpolicy.lifecycle.model": ("lifecycle_policies", ("Rule", "RuleAction", "Selection")),
    "ecrpolicy.iam.model": (
        "iam_policies",
        ("Statement", "Element", "Principals", "Condition"),
    ),
    "ecrpolicy.iam.operators": ("iam_policies", ("Operator",)),
    "ecrpolicy.iam.identities": ("identities", ("Account", "Identity", "NamedPolicy")),
    "ecrpolicy.replication.model": (
        "replication_configurations",
        ("ReplicationRule", "Destination", "RepositoryFilter", "DeleteReplication"),
    ),
    "ecrpolicy.scanning.model": (
        "scanning_configurations",
        ("ScanningRule", "RepositoryFilter"),
    ),
    "ecrpolicy.caching.model": (
        "repository_creation_templates",
        ("Encryption", "ExclusionFilter", "ResourceTag"),
    ),
}


def register() -> None:
    """Have the types of the library registered, each when its module is imported.

    Without the extra `testing`, nothing is: Hypothesis may be there for the tests of others.
    """
    try:
        import wrapt
    except ImportError:
        return
    for module in {**_TYPES, **_PARTS}:
        wrapt.register_post_import_hook(_register_types, module)


def _register_types(module: ModuleType) -> None:
    from hypothesis import strategies as st

    _, parts = _PARTS.get(module.__name__, ("", ()))
    for name in (*_TYPES.get(module.__name__, ()), *parts):
        st.register_type_strategy(getattr(module, name), _strategy)


def _strategy(drawn: type[Any]) -> Any:
    """The strategy of a type, which is asked for when something of the type is to be drawn."""
    from ecrpolicy.testing import strategies
    from ecrpolicy.testing.strategies import parts

    def named(name: str) -> Any:
        return getattr(strategies, name, None) or getattr(parts, name)

    own = _TYPES.get(drawn.__module__, {}).get(drawn.__name__)
    if own is not None:
        return named(own)()
    whole, _ = _PARTS[drawn.__module__]
    return parts.part_of(drawn, named(whole)())
