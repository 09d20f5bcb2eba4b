"""How much of its quotas a registry uses, as far as a snapshot tells."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.quotas import QUOTAS, TAG_RESTRICTIONS, Quota
from ecrpolicy.settings.model import Settings
from ecrpolicy.settings.texts import lifecycle_rules
from ecrpolicy.snapshot import Repository
from ecrpolicy.tagging import is_reserved


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of a quota is used; `used` is None where the snapshot does not tell.

    `subject` is what uses most, where the quota is that of a repository, an image or a rule.
    """

    quota: Quota
    used: int | None
    subject: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether more is used than the quota has."""
        return self.used is not None and self.used > self.quota.value


_Measured = tuple[int | None, str | None]


def usage(settings: Settings) -> tuple[Usage, ...]:
    """How much of each quota a registry uses: those of `QUOTAS`, then those of `TAG_RESTRICTIONS`.

    >>> from ecrpolicy.snapshot import Registry
    >>> usage(Settings.of(Registry("111122223333", "us-east-1", repositories=())))[0].used
    0
    """
    return tuple(_usage(quota, settings) for quota in (*QUOTAS, *TAG_RESTRICTIONS))


def _usage(quota: Quota, settings: Settings) -> Usage:
    measure = _MEASURES.get(quota.name)
    return Usage(quota, None) if measure is None else Usage(quota, *measure(settings))


def _repositories(settings: Settings) -> _Measured:
    registry = settings.registry
    return None if registry.has_unknown_repositories else len(registry.repositories), None


def _images(settings: Settings) -> _Measured:
    return _most(
        (len(each.images), each.name) for each in _with_images(settings.registry.repositories)
    )


def _tags(settings: Settings) -> _Measured:
    return _most(
        (len(image.tags), f"{each.name} {image.digest}")
        for each in _with_images(settings.registry.repositories)
        for image in each.images
    )


def _with_images(repositories: Iterable[Repository]) -> Iterable[Repository]:
    return (each for each in repositories if not each.has_unknown_images)


def _lifecycle_length(settings: Settings) -> _Measured:
    return _most(
        (len(each.lifecycle_policy), each.name)
        for each in settings.registry.repositories
        if each.lifecycle_policy
    )


def _lifecycle_rules(settings: Settings) -> _Measured:
    """Of policies that are read: of a text that is none, nothing is known."""
    return _most(
        (len(rules), each.name)
        for each in settings.registry.repositories
        if each.lifecycle_policy and (rules := lifecycle_rules(each.lifecycle_policy)) is not None
    )


def _replication_rules(settings: Settings) -> _Measured:
    if settings.registry.replication_configuration is None:
        return None, None
    return len(settings.replication.rules), None


def _destinations(settings: Settings) -> _Measured:
    if settings.registry.replication_configuration is None:
        return None, None
    return len(settings.replication.destinations), None


def _replication_filters(settings: Settings) -> _Measured:
    if settings.registry.replication_configuration is None:
        return None, None
    return _most(
        (len(rule.repository_filters), f"replication rule {number}")
        for number, rule in enumerate(settings.replication.rules)
    )


def _cache_rules(settings: Settings) -> _Measured:
    if settings.registry.pull_through_cache_rules is None:
        return None, None
    return len(settings.cache_rules), None


def _repository_tags(settings: Settings) -> _Measured:
    return _most((len(tags), name) for name, tags in _own_tags(settings))


def _tag_keys(settings: Settings) -> _Measured:
    return _most((len(key), name) for name, tags in _own_tags(settings) for key in tags)


def _tag_values(settings: Settings) -> _Measured:
    return _most(
        (len(value), name) for name, tags in _own_tags(settings) for value in tags.values()
    )


def _own_tags(settings: Settings) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The tags of each repository, where they are told; those that AWS sets do not count."""
    for each in settings.registry.repositories:
        if not each.has_unknown_tags:
            tags = each.resource_tags
            yield each.name, {key: tags[key] for key in tags if not is_reserved(key)}


def _most(found: Iterable[tuple[int, str]]) -> _Measured:
    """The largest, and whose it is; the first of several."""
    return max(found, key=lambda each: each[0], default=(None, None))


_MEASURES: Final[dict[str, Callable[[Settings], _Measured]]] = {
    quotas.REGISTERED_REPOSITORIES.name: _repositories,
    quotas.IMAGES_PER_REPOSITORY.name: _images,
    quotas.TAGS_PER_IMAGE.name: _tags,
    quotas.LIFECYCLE_POLICY_LENGTH.name: _lifecycle_length,
    quotas.RULES_PER_LIFECYCLE_POLICY.name: _lifecycle_rules,
    quotas.RULES_PER_REPLICATION_CONFIGURATION.name: _replication_rules,
    quotas.REPLICATION_DESTINATIONS.name: _destinations,
    quotas.FILTERS_PER_REPLICATION_RULE.name: _replication_filters,
    quotas.PULL_THROUGH_CACHE_RULES.name: _cache_rules,
    quotas.TAGS_PER_REPOSITORY.name: _repository_tags,
    quotas.REPOSITORY_TAG_KEY_LENGTH.name: _tag_keys,
    quotas.REPOSITORY_TAG_VALUE_LENGTH.name: _tag_values,
}
