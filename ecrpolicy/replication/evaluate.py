"""Where the images of a repository are replicated to, and where they are not.

Amazon ECR User Guide, "Private image replication", "Considerations".
"""

from dataclasses import dataclass
from datetime import datetime

from ecrpolicy.replication.model import Destination, ReplicationConfiguration
from ecrpolicy.snapshot import Image


@dataclass(frozen=True, slots=True)
class Choice:
    """A destination that rules have chosen: their numbers, from 0, and the filter of each.

    A filter is empty where its rule has none: then it chooses every repository.
    """

    destination: Destination
    rules: tuple[int, ...]
    filters: tuple[str, ...]
    carries_deletions: bool = False


@dataclass(frozen=True, slots=True)
class NotChosen:
    """A destination that no rule has chosen; `rules` are those that name it."""

    destination: Destination
    rules: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The destinations of a repository's images, in the order of the configuration."""

    repository: str
    chosen: tuple[Choice, ...]
    not_chosen: tuple[NotChosen, ...]


def evaluate(configuration: ReplicationConfiguration, name: str) -> Selection:
    """The destinations of the images of a repository, and those that are not.

    A destination stands once, however many rules choose it: an image is replicated there once.

    >>> from ecrpolicy.replication import parse
    >>> rule = {"destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
    ...         "repositoryFilters": [{"filter": "prod", "filterType": "PREFIX_MATCH"}]}
    >>> configuration = parse({"rules": [rule]})
    >>> evaluate(configuration, "prod/web").chosen[0].filters
    ('prod',)
    >>> evaluate(configuration, "web/prod").not_chosen[0].reason
    'rule 0: `web/prod` starts with none of its filters (`prod`)'
    """
    chosen: dict[Destination, list[tuple[int, str]]] = {}
    named: dict[Destination, list[int]] = {}
    for number, rule in enumerate(configuration.rules):
        met = rule.filter_of(name)
        for destination in dict.fromkeys(rule.destinations):
            named.setdefault(destination, []).append(number)
            if met is not None:
                chosen.setdefault(destination, []).append((number, met))
    return Selection(
        name,
        tuple(
            _choice(configuration, each, chosen[each])
            for each in configuration.destinations
            if each in chosen
        ),
        tuple(
            NotChosen(each, tuple(named[each]), _reason(configuration, name, named[each]))
            for each in configuration.destinations
            if each not in chosen
        ),
    )


def _choice(
    configuration: ReplicationConfiguration, destination: Destination, by: list[tuple[int, str]]
) -> Choice:
    return Choice(
        destination,
        tuple(number for number, _ in by),
        tuple(met for _, met in by),
        any(configuration.rules[number].carries_deletions for number, _ in by),
    )


def _reason(configuration: ReplicationConfiguration, name: str, rules: list[int]) -> str:
    return "; ".join(
        f"rule {number}: `{name}` starts with none of its filters "
        f"({_listed(configuration, number)})"
        for number in rules
    )


def _listed(configuration: ReplicationConfiguration, number: int) -> str:
    filters = configuration.rules[number].repository_filters
    return ", ".join(f"`{each.filter}`" for each in filters)


def is_carried(image: Image, *, since: datetime) -> bool:
    """Whether an image that is there has been replicated by a rule that is there since some time.

    Only what is pushed, or restored from the archive, from then on is.

    >>> from datetime import UTC
    >>> since = datetime(2026, 1, 31, tzinfo=UTC)
    >>> is_carried(Image("sha256:" + "a" * 64, datetime(2026, 1, 30, tzinfo=UTC)), since=since)
    False
    """
    restored_at = image.activated_at
    return image.pushed_at >= since or (restored_at is not None and restored_at >= since)
