"""The settings of a registry as plain JSON values, under the names that the API has for them.

What is not known is null, and named in `notKnown`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ecrpolicy import settings as registry_settings
from ecrpolicy.caching import Cached, Cause, NewRepository
from ecrpolicy.render.registry_words import knows_scanning
from ecrpolicy.render.replication_json import replication, selected, to
from ecrpolicy.render.repository_outline import of_one, quotas_of_one, troubles_of
from ecrpolicy.scanning import EffectiveScanning
from ecrpolicy.settings import (
    EffectiveSettings,
    Settings,
    Survey,
    Surveyed,
    Unknown,
    Usage,
    effective_of,
)
from ecrpolicy.settings.unknown import CACHE_RULES, REPLICATION, TEMPLATES
from ecrpolicy.snapshot import Registry, Repository

Json = dict[str, Any]


def check(survey: Survey) -> Json:
    """Every repository, every destination, the quotas, and what is not known."""
    settings = survey.settings
    return {
        **home(settings.registry),
        "repositories": [_repository(each) for each in survey.repositories],
        "destinations": [
            {
                **to(each.destination),
                "rules": list(each.rules),
                "repositories": each.coverage.repositories,
                "permitted": each.coverage.permitted,
                "denied": each.coverage.denied,
                "unknown": each.coverage.unknown,
            }
            for each in survey.destinations
        ],
        "quotas": [
            _usage(each) for each in registry_settings.usage(settings) if each.used is not None
        ],
        "regionalDoubts": doubts(settings),
        "unknown": unknown(settings),
    }


def explained(survey: Survey, name: str) -> Json:
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
        "quotas": [_usage(each) for each in quotas_of_one(alone)],
        "notKnown": list(_not_known(found)),
        "regionalDoubts": doubts(alone),
        "unknown": unknown(alone),
    }


def foreseen(survey: Survey, name: str) -> Json:
    """What a repository of a name would get, by what creates it."""
    settings = survey.settings
    made = Repository(name, images=(), scan_on_push=False)
    [found] = effective_of(settings, (made,))
    cached = registry_settings.new_repository(settings, name, Cause.PULL_THROUGH_CACHE)
    return {
        **home(settings.registry),
        "repositoryName": name,
        "created": {
            cause.value: None if TEMPLATES in settings.unknown else _created(settings, name, cause)
            for cause in Cause
        },
        **_explained(survey, settings, found, cached.repository()),
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
            "reason": each.reason,
            "accounts": list(each.accounts),
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
    unknown = found.settings.unknown
    if not knows_scanning(found.settings, found.scanning):
        yield "scanning"
    for setting, member in (
        (REPLICATION, "replication"),
        (CACHE_RULES, "cacheRule"),
        (TEMPLATES, "templates"),
    ):
        if setting in unknown:
            yield member
    if found.repository.image_tag_mutability is None:
        yield "imageTagMutability"
    if found.repository.has_unknown_images:
        yield "images"


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
    survey: Survey, settings: Settings, found: EffectiveSettings, cached: Repository
) -> Json:
    """`cached` is the repository as it is, or as the cache would create it."""
    name = found.repository.name
    rule = cache_rule(settings, found.cached)
    troubles = [
        {"when": each.when, "serviceText": each.service_text}
        for each in troubles_of(settings, found.cached, cached)
    ]
    return {
        "scanning": scanning(settings, found.scanning),
        "replication": None
        if REPLICATION in settings.unknown
        else replication(survey.topology.push(survey.home, name)),
        "cacheRule": None if rule is None else {**rule, "troubles": troubles},
    }


def _created(settings: Settings, name: str, cause: Cause) -> Json | None:
    """None where nothing is created: a push without a template for it is refused."""
    made = registry_settings.new_repository(settings, name, cause)
    is_refused = made.template is None and cause is Cause.CREATE_ON_PUSH
    return None if is_refused else new_repository(made)


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
