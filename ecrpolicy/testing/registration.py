"""What makes `hypothesis.strategies.from_type` know the models of this library.

Hypothesis calls `register` when it is imported, whatever is tested. So nothing of the library is
imported here: its types become known when the modules that they stand in are.
"""

from types import ModuleType
from typing import Any, Final

# The types of each module, and the strategies that draw them.
_TYPES: Final = {
    "ecrpolicy.snapshot": {
        "Image": "images",
        "Repository": "repositories",
        "Registry": "registries",
    },
    "ecrpolicy.lifecycle.model": {"LifecyclePolicy": "lifecycle_policies"},
    "ecrpolicy.iam.model": {"Policy": "iam_policies"},
    "ecrpolicy.iam.request": {"Request": "requests"},
    "ecrpolicy.iam.policies": {"PolicySet": "policy_sets"},
    "ecrpolicy.replication.model": {"ReplicationConfiguration": "replication_configurations"},
    "ecrpolicy.scanning.model": {"ScanningConfiguration": "scanning_configurations"},
    "ecrpolicy.caching.model": {
        "CacheRule": "cache_rules",
        "Template": "repository_creation_templates",
    },
}


def register() -> None:
    """Have the types of the library registered, each when its module is imported.

    Without the extra `testing`, nothing is: Hypothesis may be there for the tests of others.
    """
    try:
        import wrapt
    except ImportError:
        return
    for module in _TYPES:
        wrapt.register_post_import_hook(_register_types, module)


def _register_types(module: ModuleType) -> None:
    from hypothesis import strategies as st

    for name in _TYPES[module.__name__]:
        st.register_type_strategy(getattr(module, name), _strategy)


def _strategy(drawn: type[Any]) -> Any:
    """The strategy of a type, which is asked for when something of the type is to be drawn."""
    from ecrpolicy.testing import strategies

    return getattr(strategies, _TYPES[drawn.__module__][drawn.__name__])()
