"""Why one repository of a registry has the settings that it has, or would have: nested lines."""

from collections.abc import Iterator
from dataclasses import replace

from ecrpolicy import settings as registry_settings
from ecrpolicy.caching import Cached, Cause, NewRepository
from ecrpolicy.quotas import (
    IMAGES_PER_REPOSITORY,
    LIFECYCLE_POLICY_LENGTH,
    RULES_PER_LIFECYCLE_POLICY,
    TAG_RESTRICTIONS,
    TAGS_PER_IMAGE,
)
from ecrpolicy.render import registry_words as words
from ecrpolicy.render.image_lines import images
from ecrpolicy.render.outline import INDENT, nested
from ecrpolicy.render.replication_lines import new_repository as gets
from ecrpolicy.render.replication_lines import replication
from ecrpolicy.render.trouble_lines import trouble_lines
from ecrpolicy.scanning import Circumstances, EffectiveScanning
from ecrpolicy.settings import (
    Creation,
    EffectiveSettings,
    Settings,
    Survey,
    Usage,
    effective_of,
)
from ecrpolicy.settings.unknown import (
    CACHE_RULES,
    REPLICATION,
    SCANNING,
    TEMPLATES,
    knows_scanning,
)
from ecrpolicy.snapshot import Repository

_OF_ONE = (
    IMAGES_PER_REPOSITORY,
    TAGS_PER_IMAGE,
    LIFECYCLE_POLICY_LENGTH,
    RULES_PER_LIFECYCLE_POLICY,
    *TAG_RESTRICTIONS,
)


def explained(
    survey: Survey, name: str, at: Circumstances, *, rows: int | None = None
) -> Iterator[str]:
    """The settings of a repository that is there, each with its reason; `rows` images at most."""
    alone = of_one(survey.settings, name)
    [found] = registry_settings.effective(alone)
    yield f"{name} in {words.place(alone.registry)}"
    yield from scanning(alone, found.scanning)
    yield from _replication(survey, name)
    yield from cache_rule(alone, found.cached)
    yield from nested(trouble_lines(alone, found.cached, found.repository))
    yield from _templates(found)
    yield from _mutability(found.repository)
    yield from _quotas(alone)
    yield from images(found, at, rows)
    yield from words.doubts(registry_settings.regional_doubts(alone))
    yield from words.unknown(registry_settings.unknown(alone))


def foreseen(survey: Survey, name: str) -> Iterator[str]:
    """What a repository of a name would get, by what creates it."""
    settings = survey.settings
    yield f"{name} in {words.place(settings.registry)}, were it created"
    for each in registry_settings.creations(settings, name):
        yield f"by {each.cause}: {_created(each)}"
        if each.cause is Cause.REPLICATION:
            yield from nested(_senders(survey, name))
        if each.made is not None:
            yield from nested(_details(each.made))
    made = Repository(name, images=(), scan_on_push=False)
    [found] = effective_of(settings, (made,))
    yield from scanning(settings, found.scanning)
    yield from _replication(survey, name)
    yield from cache_rule(settings, found.cached)
    filled = registry_settings.new_repository(settings, name, Cause.PULL_THROUGH_CACHE)
    yield from nested(trouble_lines(settings, found.cached, filled.repository()))
    yield from words.doubts(registry_settings.regional_doubts(settings))
    yield from words.unknown(registry_settings.unknown(of_one(settings, name)))


def of_one(settings: Settings, name: str) -> Settings:
    """The settings of a registry as if it had this repository alone, if it is known to have it."""
    registry = settings.registry
    if registry.has_unknown_repositories:
        return settings
    held = registry.repository(name)
    repositories = () if held is None else (held,)
    return replace(settings, registry=replace(registry, repositories=repositories))


def scanning(settings: Settings, found: EffectiveScanning) -> Iterator[str]:
    """When a repository is scanned, and what every filter says of it."""
    if SCANNING in settings.unknown:
        yield f"scanning: {words.UNKNOWN}"
        return
    head, *rest = found.explain().text().split("\n")
    yield head if knows_scanning(settings, found) else f"scanning: {words.UNKNOWN}"
    yield from rest


def cache_rule(settings: Settings, found: Cached | None) -> Iterator[str]:
    """The cache rule that serves a name, and what the image is called upstream."""
    if CACHE_RULES in settings.unknown:
        yield f"cache rule: {words.UNKNOWN}"
    elif found is None:
        yield "cache rule: none serves this name"
    else:
        yield f"cache rule: `{found.rule.ecr_repository_prefix}`, for `{found.upstream}`"


def quotas_of_one(settings: Settings) -> list[Usage]:
    """The quotas of a repository of which it is known how much is used."""
    return [
        each
        for each in registry_settings.usage(settings)
        if each.quota in _OF_ONE and each.used is not None
    ]


def _replication(survey: Survey, name: str) -> Iterator[str]:
    if REPLICATION in survey.settings.unknown:
        yield f"replication: {words.UNKNOWN}"
    else:
        topology = survey.topology
        yield from replication(topology.push(survey.home, name), topology)


def _templates(found: EffectiveSettings) -> Iterator[str]:
    """Templates count when a repository is created; one that is there keeps what it has."""
    if TEMPLATES in found.settings.unknown:
        yield f"template: {words.UNKNOWN}"
        return
    yield "template, were it created anew:"
    for cause in Cause:
        template = found.templates.get(cause)
        said = "none is for this" if template is None else f"`{template.prefix}`"
        yield f"{INDENT}{cause}: {said}"


def _mutability(repository: Repository) -> Iterator[str]:
    told = repository.image_tag_mutability
    yield f"tags: {words.UNKNOWN if told is None else told}"
    filters = repository.image_tag_mutability_exclusion_filters
    if told is not None and filters:
        yield f"{INDENT}but for those that meet {', '.join(f'`{each}`' for each in filters)}"


def _quotas(settings: Settings) -> Iterator[str]:
    found = quotas_of_one(settings)
    if found:
        yield "quotas:"
    for each in found:
        earlier = words.earlier(each)
        in_2023 = f" ({earlier} in 2023)" if earlier else ""
        yield f"{INDENT}{each.quota.name}: {words.used(each)} of {each.quota.value:,}{in_2023}"


def _created(found: Creation) -> str:
    if found.is_created is False:
        return f"not at all: {found.reason}"
    return words.UNKNOWN if found.made is None else f"from {gets(found.made)}"


def _senders(survey: Survey, name: str) -> Iterator[str]:
    """Who would replicate it here, as far as other registries are given."""
    found = list(registry_settings.senders(survey, name))
    for each in found:
        if each.outcome is None:
            yield f"from {each.registry}: {words.UNKNOWN}, what it replicates is not told"
        else:
            yield f"from {each.registry}: {words.OUTCOMES[each.outcome]}"
    if len(survey.topology.registries) == 1:
        yield "no registry is given that could replicate it here"
    elif not found:
        yield "no registry that is given replicates it here"


def _details(made: NewRepository) -> Iterator[str]:
    """What differs from the defaults."""
    if made.image_tag_mutability_exclusion_filters:
        met = ", ".join(f"`{each}`" for each in made.image_tag_mutability_exclusion_filters)
        yield f"tags that differ: {met}"
    if made.kms_key is not None:
        yield f"key: {made.kms_key}"
    if made.resource_tags:
        pairs = (f"`{key}={value}`" for key, value in made.resource_tags.items())
        yield f"tags of the repository: {', '.join(pairs)}"
    if made.policy is not None:
        yield "a repository policy"
    if made.lifecycle_policy is not None:
        yield "a lifecycle policy"
    if made.custom_role_arn is not None:
        yield f"role: {made.custom_role_arn}"
