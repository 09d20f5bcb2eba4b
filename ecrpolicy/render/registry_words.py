"""How the settings of a registry are called, in every format for people.

What is not known is `?` and never a default; what there is none of is `-`.
"""

from collections.abc import Sequence
from typing import Final

from ecrpolicy.quotas import IMAGES_PER_REPOSITORY
from ecrpolicy.replication import Outcome
from ecrpolicy.scanning import ScanFrequency
from ecrpolicy.settings import (
    EffectiveSettings,
    RegionalDoubt,
    Settings,
    Survey,
    Surveyed,
    Unknown,
    Usage,
)
from ecrpolicy.settings.unknown import (
    CACHE_RULES,
    REPLICATION,
    SCANNING,
    TEMPLATES,
    knows_scanning,
)
from ecrpolicy.snapshot import Registry, Repository, TagMutability
from ecrpolicy.wording import count, instant, repositories, shortened

UNKNOWN: Final = "?"
NONE: Final = "-"

OUTCOMES: Final = {
    Outcome.REPLICATED: "permitted",
    Outcome.DENIED: "denied",
    Outcome.UNKNOWN: "not known",
}

_FREQUENCIES: Final = {
    ScanFrequency.CONTINUOUS_SCAN: "continuous",
    ScanFrequency.SCAN_ON_PUSH: "on push",
    ScanFrequency.MANUAL: "manual",
    None: "off",
}
_MUTABILITIES: Final = {
    TagMutability.MUTABLE: "mutable",
    TagMutability.IMMUTABLE: "immutable",
    TagMutability.MUTABLE_WITH_EXCLUSION: "mutable*",
    TagMutability.IMMUTABLE_WITH_EXCLUSION: "immutable*",
}


def place(registry: Registry) -> str:
    """Account and Region of a registry."""
    return f"{registry.account} {registry.region}"


def heading(survey: Survey) -> str:
    """Which registry, how many repositories, and when that was so."""
    registry = survey.settings.registry
    at = f", at {instant(registry.taken_at)}" if registry.taken_at else ""
    number = repositories(len(registry.repositories))
    if registry.has_unknown_repositories:
        number = f"repositories {UNKNOWN}"
    return f"registry {place(registry)}: {number}{at}"


def scanning(found: EffectiveSettings) -> str:
    """When the images of a repository are scanned."""
    known = knows_scanning(found.settings, found.scanning)
    return _FREQUENCIES[found.scanning.frequency] if known else UNKNOWN


def replicas(found: Surveyed) -> str:
    """How many destinations a repository has, and how many of them deny it."""
    if REPLICATION in found.effective.settings.unknown:
        return UNKNOWN
    outcomes = list(found.outcomes.values())
    denied = outcomes.count(Outcome.DENIED)
    return f"{len(outcomes) or NONE}" + (f", {denied} denied" if denied else "")


def cache_rule(found: EffectiveSettings) -> str:
    """The prefix of the cache rule that serves a repository."""
    if CACHE_RULES in found.settings.unknown:
        return UNKNOWN
    return NONE if found.cached is None else found.cached.rule.ecr_repository_prefix


def templates(found: EffectiveSettings) -> str:
    """The prefixes of the templates that a repository of this name would be made from."""
    if TEMPLATES in found.settings.unknown:
        return UNKNOWN
    return ", ".join(dict.fromkeys(each.prefix for each in found.templates.values())) or NONE


def mutability(repository: Repository) -> str:
    """Whether tags may move; a `*` says that some differ."""
    told = repository.image_tag_mutability
    return UNKNOWN if told is None else _MUTABILITIES[told]


def images(repository: Repository) -> str:
    """How many images there are; `!` where the quota has fewer."""
    if repository.has_unknown_images:
        return UNKNOWN
    number = len(repository.images)
    return f"{number:,}" + ("!" if number > IMAGES_PER_REPOSITORY.value else "")


def rules(numbers: Sequence[int]) -> str:
    """Rules by their numbers.

    >>> rules((0,)), rules((0, 2))
    ('rule 0', 'rules 0, 2')
    """
    return f"rule{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def summary(settings: Settings) -> str:
    """How many rules and templates the registry has."""
    told = {
        SCANNING: f"scanning: {settings.scanning.scan_type}, {_rules(settings.scanning.rules)}",
        REPLICATION: f"replication: {_rules(settings.replication.rules)}",
        CACHE_RULES: f"cache: {_rules(settings.cache_rules)}",
        TEMPLATES: count(len(settings.templates), "template"),
    }
    unknown = {
        SCANNING: f"scanning: {UNKNOWN}",
        REPLICATION: f"replication: {UNKNOWN}",
        CACHE_RULES: f"cache: {UNKNOWN}",
        TEMPLATES: f"templates: {UNKNOWN}",
    }
    return "; ".join(
        unknown[name] if name in settings.unknown else said for name, said in told.items()
    )


def _rules(several: Sequence[object]) -> str:
    return count(len(several), "rule")


def used(found: Usage) -> str:
    """How much of a quota is used; that it is too much is said."""
    number = f"{found.used:,}"
    return f"{number}, over" if found.is_over else number


def used_most_by(found: Usage) -> str:
    """What uses most of a quota; the digest of an image is shortened."""
    name, sign, digest = (found.subject or "").partition(" sha256:")
    return f"{name} {shortened(f'sha256:{digest}')}" if sign else name


def earlier(found: Usage) -> str:
    """What the quota was in 2023, where that has changed."""
    quota = found.quota
    return f"{quota.guide:,}" if quota.newer is not None and quota.guide is not None else ""


def doubts(found: Sequence[RegionalDoubt]) -> list[str]:
    """What may keep settings from acting, a line each, under a line that says that it may not."""
    if not found:
        return []
    return [
        "may not act, by what the documents say of Regions:",
        *(f"  {each.reason}" for each in found),
    ]


def unknown(found: Sequence[Unknown]) -> list[str]:
    """What is not known, a line each, under a line that says how it is shown."""
    if not found:
        return []
    return [
        "not known, so shown as `?` and not counted:",
        *(f"  {_unknown(each)}" for each in found),
    ]


def _unknown(found: Unknown) -> str:
    about = found.about
    if len(found.repositories) == 1:
        about += f" of `{found.repositories[0]}`"
    elif found.repositories:
        number = repositories(len(found.repositories))
        about += f" of {number}, such as `{found.repositories[0]}`"
    return f"{about}: {found.reason}; {found.settled_by}"
