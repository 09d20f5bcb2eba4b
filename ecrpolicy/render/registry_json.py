"""The settings of a registry as plain JSON values, under the names that the API has for them.

What is not known is null, and named in `notKnown`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ecrpolicy import settings as registry_settings
from ecrpolicy.caching import Cached, Cause, NewRepository
from ecrpolicy.render.image_lines import images_json
from ecrpolicy.render.replication_json import replication, selected, to
from ecrpolicy.render.repository_outline import of_one, quotas_of_one
from ecrpolicy.render.trouble_lines import troubles_json
from ecrpolicy.replication import Coverage
from ecrpolicy.scanning import Circumstances, EffectiveScanning
from ecrpolicy.settings import (
    Creation,
    EffectiveSettings,
    Settings,
    Survey,
    Surveyed,
    Unknown,
    Usage,
    effective_of,
)
from ecrpolicy.settings.unknown import CACHE_RULES, REPLICATION, TEMPLATES, knows_scanning
from ecrpolicy.snapshot import Registry, Repository

Json = dict[str, Any]


def check(survey: Survey) -> Json:
    """Every repository, every destination, the quotas, and what is not known."""
    settings = survey.settings
    return {
        **home(settings.registry),
        "repositories": None
        if settings.registry.has_unknown_repositories
        else [_repository(each) for each in survey.repositories],
        "destinations": [
            {**to(each.destination), "rules": list(each.rules), **_coverage(each.coverage)}
            for each in survey.destinations
        ],
        "quotas": [
            _usage(each) for each in registry_settings.usage(settings) if each.used is not None
        ],
        "regionalDoubts": doubts(settings),
        "unknown": unknown(settings),
    }


def explained(survey: Survey, name: str, at: Circumstances) -> Json:
    """The settings of a repository that is there, each with its reasons."""
    alone = of_one(survey.settings, name)
    [found] = registry_settings.effective(alone)
    return {
        **home(alone.registry),
        "repositoryName": name,
        **_explained(survey, alone, found, found.repository),
        "templates": _templates(found),
        **_mutability(found.repository),
        "images": _images(found.repository),
        "now": at.now.isoformat(),
        "imageStates": images_json(found, at),
        "quotas": [_usage(each) for each in quotas_of_one(alone)],
        "notKnown": list(_not_known(found)),
        "regionalDoubts": doubts(alone),
        "unknown": unknown(alone),
    }


def foreseen(survey: Survey, name: str) -> Json:
    """What a repository of a name would get, by what creates it."""
    settings = survey.settings
    made = registry_settings.creations(settings, name)
    [found] = effective_of(settings, (Repository(name, images=(), scan_on_push=False),))
    filled = registry_settings.new_repository(settings, name, Cause.PULL_THROUGH_CACHE)
    return {
        **home(settings.registry),
        "repositoryName": name,
        "created": {each.cause.value: _created(each) for each in made},
        "notCreated": {each.cause.value: each.reason for each in made if each.is_created is False},
        "replicatedFrom": [
            {
                **to(each.registry),
                "outcome": None if each.outcome is None else each.outcome.value,
            }
            for each in registry_settings.senders(survey, name)
        ],
        **_explained(survey, settings, found, filled.repository()),
        "notKnown": [
            *(
                f"created.{each.cause}"
                for each in made
                if each.made is None and each.is_created is not False
            ),
            *_settings_not_known(settings, found.scanning),
        ],
        "regionalDoubts": doubts(settings),
        "unknown": unknown(of_one(settings, name)),
    }


def home(registry: Registry) -> Json:
    """Which registry, and when it was so."""
    taken_at = registry.taken_at
    return {
        "registryId": registry.account,
        "region": registry.region,
        "takenAt": None if taken_at is None else taken_at.isoformat(),
    }


def scanning(settings: Settings, found: EffectiveScanning) -> Json | None:
    """When a repository is scanned, and what every filter says of it."""
    return found.explain().to_json() if knows_scanning(settings, found) else None


def cache_rule(settings: Settings, found: Cached | None) -> Json | None:
    """The cache rule that serves a name, and what the image is called upstream."""
    if found is None or CACHE_RULES in settings.unknown:
        return None
    return {
        "ecrRepositoryPrefix": found.rule.ecr_repository_prefix,
        "upstreamRegistryUrl": found.rule.upstream_registry_url,
        "upstream": found.upstream,
    }


def new_repository(made: NewRepository) -> Json:
    """What a repository gets that the service creates."""
    return {
        "template": None if made.template is None else made.template.prefix,
        "imageTagMutability": made.image_tag_mutability.value,
        "imageTagMutabilityExclusionFilters": list(made.image_tag_mutability_exclusion_filters),
        "encryptionType": made.encryption_type.value,
        "kmsKey": made.kms_key,
        "resourceTags": dict(made.resource_tags),
        "repositoryPolicy": made.policy,
        "lifecyclePolicy": made.lifecycle_policy,
        "customRoleArn": made.custom_role_arn,
    }


def doubts(settings: Settings) -> list[Json]:
    """What may keep settings from acting, by the Regions that they are about."""
    return [
        {
            "lacking": each.lacking.value,
            "region": each.region,
            "accounts": list(each.accounts),
            "reason": each.reason,
        }
        for each in registry_settings.regional_doubts(settings)
    ]


def unknown(settings: Settings) -> list[Json]:
    """What is not known, why, and what would tell it."""
    return [not_told(each) for each in registry_settings.unknown(settings)]


def not_told(found: Unknown) -> Json:
    """Something that is not known."""
    return {
        "about": found.about,
        "reason": found.reason,
        "settledBy": found.settled_by,
        "repositories": list(found.repositories),
    }


def _coverage(found: Coverage | None) -> Json:
    return {
        "repositories": None if found is None else found.repositories,
        "permitted": None if found is None else found.permitted,
        "denied": None if found is None else found.denied,
        "unknown": None if found is None else found.unknown,
    }


def _repository(found: Surveyed) -> Json:
    effective = found.effective
    settings, repository = effective.settings, effective.repository
    knows = knows_scanning(settings, effective.scanning)
    frequency = effective.scanning.frequency
    return {
        "repositoryName": repository.name,
        "scanning": {
            "scanType": effective.scanning.scan_type.value,
            "scanFrequency": None if frequency is None else frequency.value,
            "rule": effective.scanning.rule,
            "appliedScanFilters": list(effective.scanning.applied),
        }
        if knows
        else None,
        "replication": None
        if REPLICATION in settings.unknown
        else selected(effective.selection, found.outcomes),
        "cacheRule": cache_rule(settings, effective.cached),
        "templates": _templates(effective),
        **_mutability(repository),
        "images": _images(repository),
        "notKnown": list(_not_known(effective)),
    }


def _not_known(found: EffectiveSettings) -> Iterator[str]:
    """The members that are null because what they would say is not known."""
    yield from _settings_not_known(found.settings, found.scanning)
    if TEMPLATES in found.settings.unknown:
        yield "templates"
    if found.repository.image_tag_mutability is None:
        yield "imageTagMutability"
    if found.repository.has_unknown_images:
        yield "images"


def _settings_not_known(settings: Settings, scanned: EffectiveScanning) -> Iterator[str]:
    if not knows_scanning(settings, scanned):
        yield "scanning"
    for setting, member in ((REPLICATION, "replication"), (CACHE_RULES, "cacheRule")):
        if setting in settings.unknown:
            yield member


def _templates(found: EffectiveSettings) -> Mapping[str, str] | None:
    if TEMPLATES in found.settings.unknown:
        return None
    return {cause.value: each.prefix for cause, each in found.templates.items()}


def _mutability(repository: Repository) -> Json:
    told = repository.image_tag_mutability
    return {
        "imageTagMutability": None if told is None else told.value,
        "imageTagMutabilityExclusionFilters": list(
            repository.image_tag_mutability_exclusion_filters
        ),
    }


def _images(repository: Repository) -> int | None:
    return None if repository.has_unknown_images else len(repository.images)


def _explained(
    survey: Survey, settings: Settings, found: EffectiveSettings, filled: Repository
) -> Json:
    """`filled` is the repository as it is, or as the cache would create it."""
    name = found.repository.name
    rule = cache_rule(settings, found.cached)
    troubles = troubles_json(settings, found.cached, filled)
    return {
        "scanning": scanning(settings, found.scanning),
        "replication": None
        if REPLICATION in settings.unknown
        else replication(survey.topology.push(survey.home, name), survey.topology),
        "cacheRule": None if rule is None else {**rule, "troubles": troubles},
    }


def _created(found: Creation) -> Json | None:
    """None where nothing is created, and where that or what it gets is not known."""
    return None if found.made is None else new_repository(found.made)


def _usage(found: Usage) -> Json:
    return {
        "name": found.quota.name,
        "unit": found.quota.unit,
        "used": found.used,
        "value": found.quota.value,
        "valueIn2023": found.quota.guide,
        "isOver": found.is_over,
        "usedMostBy": found.subject,
    }
