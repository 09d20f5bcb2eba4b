"""Registries that replicate into each other: a graph of accounts and Regions.

Amazon ECR User Guide, "Private image replication", "Considerations": an image that arrived by
replication is not replicated on; settings and policies are not replicated; a tag that is
immutable at the destination and taken there is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ecrpolicy import caching, tagging
from ecrpolicy.caching import Cause, NewRepository
from ecrpolicy.replication.evaluate import Choice, NotChosen, Selection, evaluate
from ecrpolicy.replication.model import Destination, ReplicationConfiguration, ReplicationRule
from ecrpolicy.replication.parse import parse
from ecrpolicy.replication.passage import Outcome, Passage
from ecrpolicy.replication.permission import Permission
from ecrpolicy.snapshot import Registry
from ecrpolicy.tagging import Change, TagPush


@dataclass(frozen=True, slots=True)
class Edge:
    """One rule of a registry that leads to one destination; `is_known`: that registry is given."""

    source: Destination
    destination: Destination
    rule: int
    filters: tuple[str, ...]
    carries_deletions: bool
    is_known: bool
    is_other_account: bool


@dataclass(frozen=True, slots=True)
class Replica:
    """What a push becomes at one destination.

    `choice` says which rules and filters chose it. `creates_repository` is None where it is not
    known whether the repository is there; `new_repository` is what it then gets. `tags` are the
    tags that the replica was sent with, each with what becomes of it.
    """

    choice: Choice
    outcome: Outcome
    reason: str
    permissions: tuple[Permission, ...] = ()
    creates_repository: bool | None = None
    new_repository: NewRepository | None = None
    tags: tuple[TagPush, ...] = ()

    @property
    def destination(self) -> Destination:
        """The registry that the replica goes to."""
        return self.choice.destination

    @property
    def kept_tags(self) -> tuple[str, ...]:
        """The tags that the replica has; where that is not known, those that it may have."""
        return tuple(each.tag for each in self.tags if each.change is not Change.REFUSED)

    @property
    def dropped_tags(self) -> tuple[str, ...]:
        """The tags that the replica loses: immutable there, and another image's."""
        return tuple(each.tag for each in self.tags if each.change is Change.REFUSED)


@dataclass(frozen=True, slots=True)
class NotChained:
    """Where a registry that was replicated into would send an image on, but does not."""

    source: Destination
    destination: Destination


@dataclass(frozen=True, slots=True)
class Replication:
    """What one push sets off in other registries.

    `is_replica`: the image arrived by replication itself, so that nothing is replicated.
    """

    repository: str
    is_replica: bool
    replicas: tuple[Replica, ...]
    not_chosen: tuple[NotChosen, ...]
    not_chained: tuple[NotChained, ...]


@dataclass(frozen=True)
class Topology:
    """Registries and how they replicate; the order is that in which they are given.

    Raises InvalidPolicy where a registry's settings are none, and ValueError where a registry is
    given twice.

    >>> rule = {"destinations": [{"region": "eu-west-1", "registryId": "111122223333"}]}
    >>> home = Registry("111122223333", "us-east-1", replication_configuration={"rules": [rule]})
    >>> [str(edge.destination) for edge in Topology((home,)).edges]
    ['111122223333 eu-west-1']
    """

    registries: tuple[Registry, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "registries", tuple(self.registries))
        if len(self._by_place) < len(self.registries):
            raise ValueError("a registry is given twice: give each account and Region once")
        _ = self._configurations, self._templates

    def registry(self, place: Destination) -> Registry | None:
        """The registry at a place, None where it is not given."""
        return self._by_place.get(place)

    def configuration(self, place: Destination) -> ReplicationConfiguration:
        """What a registry replicates; nothing where it is not given or has no configuration."""
        return self._configurations.get(place, ReplicationConfiguration(rules=()))

    @cached_property
    def places(self) -> tuple[Destination, ...]:
        """All registries that are given or named as destinations."""
        named = (each for found in self._configurations.values() for each in found.destinations)
        return tuple(dict.fromkeys((*self._by_place, *named)))

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every rule of every registry, destination by destination."""
        return tuple(
            self._edge(place, destination, number, rule)
            for place, configuration in self._configurations.items()
            for number, rule in enumerate(configuration.rules)
            for destination in dict.fromkeys(rule.destinations)
        )

    def walk(self, place: Destination) -> Iterator[tuple[Destination, int]]:
        """The registries that can be reached from one, each with the number of steps to it.

        Images go one step only: what is further is reached by pushes into what lies between.
        """
        reached = {place: 0}
        waiting = [place]
        while waiting:
            here = waiting.pop(0)
            for destination in self.configuration(here).destinations:
                if destination not in reached:
                    reached[destination] = reached[here] + 1
                    waiting.append(destination)
                    yield destination, reached[destination]

    def push(
        self,
        place: Destination,
        name: str,
        *,
        tags: Sequence[str] = (),
        digest: str | None = None,
        is_replica: bool = False,
    ) -> Replication:
        """What a push into a repository of a registry sets off in others.

        `digest` is that of the image; left out, it is one that no registry has. `is_replica`: the
        image is not pushed by a client, but arrives by replication.
        """
        if is_replica:
            return Replication(name, is_replica, (), (), ())
        selection = evaluate(self.configuration(place), name)
        replicas = tuple(
            self._replica(place, choice, name, tags, digest) for choice in selection.chosen
        )
        return Replication(
            name,
            is_replica,
            replicas,
            selection.not_chosen,
            tuple(self._not_chained(name, replicas)),
        )

    def outcome(self, place: Destination, destination: Destination, name: str) -> Outcome:
        """What becomes of a repository's images at a destination; not known of one not given."""
        passage = self.passage(place, destination)
        return Outcome.UNKNOWN if passage is None else passage.outcome(name)

    def passage(self, place: Destination, destination: Destination) -> Passage | None:
        """From one registry into another, for many names; None where either is not given."""
        source, there = self._by_place.get(place), self._by_place.get(destination)
        if source is None or there is None:
            return None
        found = self._passages.get((place, destination))
        if found is None:
            found = self._passages[place, destination] = Passage(source, there)
        return found

    def chosen(self, place: Destination, rule: int) -> tuple[str, ...]:
        """The repositories that are told of a registry and that one of its rules chooses.

        Raises LookupError where the registry is not given or has no such rule.
        """
        found = self._chosen.get((place, rule))
        if found is None:
            filter_of = self._configurations[place].rules[rule].filter_of
            names = (each.name for each in self._by_place[place].repositories)
            found = tuple(name for name in names if filter_of(name) is not None)
            self._chosen[place, rule] = found
        return found

    @cached_property
    def _by_place(self) -> dict[Destination, Registry]:
        return {
            Destination(region=each.region, registry_id=each.account): each
            for each in self.registries
        }

    @cached_property
    def _passages(self) -> dict[tuple[Destination, Destination], Passage]:
        """Those that have been asked for: many edges lead from one registry into the same."""
        return {}

    @cached_property
    def _chosen(self) -> dict[tuple[Destination, int], tuple[str, ...]]:
        """The repositories of the rules that have been asked for: a rule has many edges."""
        return {}

    @cached_property
    def _configurations(self) -> dict[Destination, ReplicationConfiguration]:
        return {
            place: parse(
                registry.replication_configuration, account=registry.account, region=registry.region
            )
            for place, registry in self._by_place.items()
            if registry.replication_configuration
        }

    @cached_property
    def _templates(self) -> dict[Destination, tuple[caching.Template, ...]]:
        return {
            place: caching.parse_templates(registry.repository_creation_templates or ())
            for place, registry in self._by_place.items()
        }

    def _edge(
        self, place: Destination, destination: Destination, number: int, rule: ReplicationRule
    ) -> Edge:
        return Edge(
            place,
            destination,
            number,
            tuple(each.filter for each in rule.repository_filters),
            rule.carries_deletions,
            destination in self._by_place,
            destination.registry_id != place.registry_id,
        )

    def _replica(
        self,
        place: Destination,
        choice: Choice,
        name: str,
        tags: Sequence[str],
        digest: str | None,
    ) -> Replica:
        passage = self.passage(place, choice.destination)
        if passage is None:
            reason = f"the registry {choice.destination} is not given"
            return Replica(choice, Outcome.UNKNOWN, reason, tags=_untold(tags))
        permissions = passage.permissions(name)
        outcome, reason = passage.outcome(name), passage.reason(permissions)
        if outcome is Outcome.DENIED:
            return Replica(choice, outcome, reason, permissions, creates_repository=False)
        if not passage.knows_repositories:
            return Replica(choice, outcome, reason, permissions, tags=_untold(tags))
        target, made = passage.repository(name), None
        if target is None:
            templates = self._templates[choice.destination]
            made = caching.new_repository(templates, name, Cause.REPLICATION)
            target = made.repository()
        pushed = tuple(tagging.push(target, tag, digest) for tag in tags)
        creates = made is not None
        return Replica(choice, outcome, reason, permissions, creates, made, pushed)

    def _not_chained(self, name: str, replicas: Sequence[Replica]) -> Iterator[NotChained]:
        for replica in replicas:
            if replica.outcome is Outcome.REPLICATED:
                onward: Selection = evaluate(self.configuration(replica.destination), name)
                for choice in onward.chosen:
                    yield NotChained(replica.destination, choice.destination)


def _untold(tags: Sequence[str]) -> tuple[TagPush, ...]:
    return tuple(TagPush(tag, Change.UNKNOWN, immutable=None) for tag in tags)
