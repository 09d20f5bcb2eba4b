"""The actions of Amazon ECR and Amazon ECR Public, as data.

Service Authorization Reference, "Actions, resources, and condition keys for Amazon Elastic
Container Registry" and "… Amazon Elastic Container Registry Public"; `facts()` says of what day.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ecrpolicy.iam.patterns import matcher

FILE: Final = "actions.json"


class AccessLevel(StrEnum):
    """What an action does to what it is about, mildest first."""

    LIST = "List"
    READ = "Read"
    TAGGING = "Tagging"
    WRITE = "Write"
    PERMISSIONS_MANAGEMENT = "Permissions management"


@dataclass(frozen=True, slots=True)
class Action:
    """An action of a service.

    `condition_keys` are those of the request alone: keys of the resource's tags come with the
    resource type. `dependent_actions` may be needed as well. `is_operation`: it can be called,
    and is not granted only.
    """

    name: str
    access_level: AccessLevel
    resource_types: tuple[str, ...]
    condition_keys: tuple[str, ...]
    dependent_actions: tuple[str, ...]
    is_operation: bool

    @property
    def has_resource(self) -> bool:
        """Whether a policy can name what it is about; else its Resource is `*`."""
        return bool(self.resource_types)


@dataclass(frozen=True, slots=True)
class ResourceType:
    """What the ARNs of a type look like, and the condition keys that its resources bring."""

    arn: str
    condition_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its actions by full name, its condition keys with their types."""

    prefix: str
    name: str
    url: str
    actions: Mapping[str, Action]
    resource_types: Mapping[str, ResourceType]
    condition_keys: Mapping[str, str]
    operations_without_action: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known, of what day, and from which packages."""

    date: str
    document: str
    sources: tuple[str, ...]
    services: Mapping[str, Service]


@cache
def facts() -> Facts:
    """The facts, read when they are first asked for."""
    held = json.loads((files("ecrpolicy.iam") / FILE).read_text("utf-8"))
    return Facts(
        held["date"],
        held["document"],
        tuple(held["sources"]),
        {prefix: _service(prefix, service) for prefix, service in held["services"].items()},
    )


def service(prefix: str = "ecr") -> Service:
    """A service by its prefix; raises KeyError for one that is not known.

    >>> service("ecr").resource_types["repository"].arn
    'arn:${Partition}:ecr:${Region}:${Account}:repository/${RepositoryName}'
    """
    return facts().services[prefix]


def find(name: str) -> Action | None:
    """An action by its full name, in any case; None for one that is not known.

    >>> find("ecr:putimage")
    Action(name='ecr:PutImage', access_level=<AccessLevel.WRITE: 'Write'>, \
resource_types=('repository',), condition_keys=(), dependent_actions=(), is_operation=True)
    """
    return _by_lower_name().get(name.lower())


def matching(pattern: str) -> tuple[Action, ...]:
    """The known actions that a pattern of a policy's Action element means.

    >>> [action.name for action in matching("ecr:*Layer*")]
    ['ecr:BatchCheckLayerAvailability', 'ecr:CompleteLayerUpload', 'ecr:GetDownloadUrlForLayer', \
'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart']
    """
    means = matcher(pattern.lower())
    return tuple(action for name, action in _by_lower_name().items() if means(name))


@cache
def _by_lower_name() -> dict[str, Action]:
    return {
        name.lower(): action
        for service in facts().services.values()
        for name, action in service.actions.items()
    }


def _service(prefix: str, held: Mapping[str, Any]) -> Service:
    return Service(
        prefix=prefix,
        name=held["name"],
        url=held["url"],
        actions={
            f"{prefix}:{name}": _action(f"{prefix}:{name}", action)
            for name, action in held["actions"].items()
        },
        resource_types={
            name: ResourceType(kind["arn"], tuple(kind["condition_keys"]))
            for name, kind in held["resource_types"].items()
        },
        condition_keys=held["condition_keys"],
        operations_without_action=tuple(held["operations_without_action"]),
    )


def _action(name: str, held: Mapping[str, Any]) -> Action:
    return Action(
        name=name,
        access_level=AccessLevel(held["access_level"]),
        resource_types=tuple(held["resource_types"]),
        condition_keys=tuple(held["condition_keys"]),
        dependent_actions=tuple(held["dependent_actions"]),
        is_operation=held["is_operation"],
    )
