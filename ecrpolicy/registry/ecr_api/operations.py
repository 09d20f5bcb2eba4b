"""All operations of the API, by name: what each does here."""

import importlib
import importlib.util
from collections.abc import Mapping
from typing import Final

from ecrpolicy.registry.ecr_api.operation import Operation

_NAMES = (
    "account_settings",
    "authorization",
    "cache_rules",
    "creation_templates",
    "images",
    "image_listing",
    "layers",
    "lifecycle",
    "previews",
    "registry_settings",
    "replication",
    "repositories",
    "repository_policies",
    "resource_tags",
    "scanning",
    "not_built",
)


def _found() -> dict[str, Operation]:
    found: dict[str, Operation] = {}
    for name in _NAMES:
        full = f"ecrpolicy.registry.ecr_api.{name}"
        if importlib.util.find_spec(full):
            for each in importlib.import_module(full).OPERATIONS:
                found.setdefault(each.name, each)
    return found


OPERATIONS: Final[Mapping[str, Operation]] = _found()
