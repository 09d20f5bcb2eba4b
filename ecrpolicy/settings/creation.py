"""What would create a repository of a name, and what would not.

Amazon ECR User Guide, "Using pull through cache rules", "Private registry permissions for
replication" and "Templates to control repositories created during a pull through cache, create on
push, or replication action".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ecrpolicy import caching
from ecrpolicy.caching import Cause, NewRepository
from ecrpolicy.replication import Destination, Outcome
from ecrpolicy.settings.effective import new_repository
from ecrpolicy.settings.model import Settings
from ecrpolicy.settings.survey import Survey
from ecrpolicy.settings.unknown import CACHE_RULES, TEMPLATES

_NOT_CACHED: Final = "no cache rule serves this name"
_NOT_PUSHED: Final = "a push is refused, without a template for it"


@dataclass(frozen=True, slots=True)
class Creation:
    """Whether a cause creates the repository of a name; None where that is not known.

    `made` is what it gets, None where it is not created or what it gets is not known; `reason` why
    it is not created.
    """

    cause: Cause
    is_created: bool | None
    made: NewRepository | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """A registry that replicates a name here, and what comes of it.

    `outcome` is None where it is not known what the registry replicates.
    """

    registry: Destination
    outcome: Outcome | None


def creations(settings: Settings, name: str) -> tuple[Creation, ...]:
    """What each cause does about a repository of a name that is not there.

    A pull creates what a cache rule serves, a push what a template is for; replication creates
    whatever another registry sends.

    >>> from ecrpolicy.snapshot import Registry
    >>> registry = Registry("111122223333", "us-east-1", pull_through_cache_rules=(),
    ...     repository_creation_templates=())
    >>> [each.is_created for each in creations(Settings.of(registry), "web")]
    [False, True, False]
    """
    return tuple(_creation(settings, name, cause) for cause in Cause)


def senders(survey: Survey, name: str) -> Iterator[Sender]:
    """The registries beside this one that replicate a name here, or may."""
    home, topology = survey.home, survey.topology
    for registry in topology.registries:
        place = Destination(region=registry.region, registry_id=registry.account)
        if place == home:
            continue
        if registry.replication_configuration is None:
            yield Sender(place, None)
        elif any(each.destination == home for each in topology.push(place, name).replicas):
            yield Sender(place, topology.outcome(place, home, name))


def _creation(settings: Settings, name: str, cause: Cause) -> Creation:
    knows_templates = TEMPLATES not in settings.unknown
    made = new_repository(settings, name, cause) if knows_templates else None
    if cause is Cause.PULL_THROUGH_CACHE:
        if CACHE_RULES in settings.unknown:
            return Creation(cause, None)
        if caching.cached_by(settings.cache_rules_by_prefix, name) is None:
            return Creation(cause, is_created=False, reason=_NOT_CACHED)
    if cause is Cause.CREATE_ON_PUSH:
        if made is None:
            return Creation(cause, None)
        if made.template is None:
            return Creation(cause, is_created=False, reason=_NOT_PUSHED)
    return Creation(cause, is_created=True, made=made)
