"""Evaluate and explain Amazon ECR policies.

>>> from ecrpolicy import lifecycle, snapshot
"""

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

_MODULES = (
    "arn",
    "caching",
    "document",
    "errors",
    "finding",
    "iam",
    "lifecycle",
    "lint",
    "quotas",
    "reference",
    "regions",
    "replication",
    "scanning",
    "settings",
    "snapshot",
    "sources",
    "tagging",
    "testing",
    "wildcard",
)

__all__ = ["__version__", *_MODULES]


def __getattr__(name: str) -> ModuleType:
    """Import a part of the library when it is first named (PEP 562)."""
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
