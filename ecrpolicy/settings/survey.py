"""A registry as a whole: every repository with its settings, and what its destinations take."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ecrpolicy.replication import Coverage, Destination, Outcome, Topology
from ecrpolicy.settings.effective import EffectiveSettings, effective
from ecrpolicy.settings.model import Settings


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A repository with its settings, and what becomes of its images at each destination."""

    effective: EffectiveSettings
    outcomes: Mapping[Destination, Outcome]


@dataclass(frozen=True, slots=True)
class Reached:
    """A destination: the rules that name it, from 0, and the repositories that they choose.

    `coverage` is None where nobody told which repositories there are.
    """

    destination: Destination
    rules: tuple[int, ...]
    coverage: Coverage | None


@dataclass(frozen=True)
class Survey:
    """A registry as a whole; `topology` holds it, and others as far as they are known.

    >>> from ecrpolicy.snapshot import Registry, Repository
    >>> registry = Registry("111122223333", "us-east-1", repositories=(Repository("web"),))
    >>> [found] = Survey(Settings.of(registry), Topology((registry,))).repositories
    >>> found.effective.repository.name
    'web'
    """

    settings: Settings
    topology: Topology

    @property
    def home(self) -> Destination:
        """Where the registry is."""
        registry = self.settings.registry
        return Destination(region=registry.region, registry_id=registry.account)

    @cached_property
    def repositories(self) -> tuple[Surveyed, ...]:
        """Every repository, in the order of the registry."""
        return tuple(
            Surveyed(
                found,
                {
                    each: self.topology.outcome(self.home, each, found.repository.name)
                    for each in found.destinations
                },
            )
            for found in effective(self.settings)
        )

    @cached_property
    def destinations(self) -> tuple[Reached, ...]:
        """The destinations, in the order in which the configuration names them."""
        configuration = self.settings.replication
        return tuple(
            Reached(
                destination,
                tuple(
                    number
                    for number, rule in enumerate(configuration.rules)
                    if destination in rule.destinations
                ),
                self._coverage(destination),
            )
            for destination in configuration.destinations
        )

    def _coverage(self, destination: Destination) -> Coverage | None:
        if self.settings.registry.has_unknown_repositories:
            return None
        found = [
            each.outcomes[destination] for each in self.repositories if destination in each.outcomes
        ]
        return Coverage(
            found.count(Outcome.REPLICATED),
            found.count(Outcome.DENIED),
            found.count(Outcome.UNKNOWN),
        )
