"""What the settings of a registry come to for each repository."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ecrpolicy import caching, replication, scanning
from ecrpolicy.caching import Cached, Cause, NewRepository, Template
from ecrpolicy.replication import Destination, ReplicationConfiguration, Selection
from ecrpolicy.scanning import EffectiveScanning
from ecrpolicy.settings.model import Settings
from ecrpolicy.snapshot import Repository, TagMutability


@dataclass(frozen=True, slots=True)
class EffectiveSettings:
    """What a registry's settings come to for one repository."""

    repository: Repository
    scanning: EffectiveScanning
    destinations: tuple[Destination, ...]
    cached: Cached | None
    settings: Settings = field(repr=False, compare=False)

    @property
    def image_tag_mutability(self) -> TagMutability:
        """The mutability of tags; `MUTABLE`, as the service sets it up, where it is not told."""
        return self.repository.image_tag_mutability or TagMutability.MUTABLE

    @property
    def selection(self) -> Selection:
        """The destinations of its images with the rules that choose them, and the others."""
        return replication.evaluate(self.settings.replication, self.repository.name)

    @property
    def templates(self) -> Mapping[Cause, Template]:
        """The template that a repository of this name would be made from, by what makes it."""
        return self.settings.templates_of(self.repository.name)


def effective(settings: Settings) -> Iterator[EffectiveSettings]:
    """What the settings come to for each repository of the registry, in its order.

    >>> from ecrpolicy.snapshot import Registry
    >>> registry = Registry("111122223333", "us-east-1", repositories=(Repository("web"),),
    ...     scanning_configuration={"scanType": "ENHANCED"})
    >>> [found] = effective(Settings.of(registry))
    >>> found.scanning.frequency.value
    'CONTINUOUS_SCAN'
    """
    return effective_of(settings, settings.registry.repositories)


def effective_of(
    settings: Settings, repositories: Iterable[Repository]
) -> Iterator[EffectiveSettings]:
    """What the settings come to for some repositories, whether or not they are there."""
    repositories = tuple(repositories)
    chosen = _Destinations(settings.replication)
    rules = settings.cache_rules_by_prefix
    scanned = scanning.evaluate_all(settings.scanning, repositories)
    for repository, found in zip(repositories, scanned, strict=True):
        name = repository.name
        yield EffectiveSettings(
            repository, found, chosen.of(name), caching.cached_by(rules, name), settings
        )


def new_repository(settings: Settings, name: str, cause: Cause) -> NewRepository:
    """What a repository of a name gets when it is created by a cause."""
    return caching.new_repository(settings.templates, name, cause)


class _Destinations:
    """The destinations by name: the same rules choose the same ones."""

    def __init__(self, configuration: ReplicationConfiguration) -> None:
        self._configuration = configuration
        # A rule without filters chooses every name, and makes none differ.
        self._starts = tuple(
            tuple(each.filter for each in rule.repository_filters)
            for rule in configuration.rules
            if rule.repository_filters
        )
        self._known: dict[tuple[bool, ...], tuple[Destination, ...]] = {}

    def of(self, name: str) -> tuple[Destination, ...]:
        chosen = tuple([name.startswith(starts) for starts in self._starts])
        if chosen not in self._known:
            selection = replication.evaluate(self._configuration, name)
            self._known[chosen] = tuple(each.destination for each in selection.chosen)
        return self._known[chosen]
