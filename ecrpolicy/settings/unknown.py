"""What the documents do not tell of a registry, why, and what would tell it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ecrpolicy.scanning import ScanType
from ecrpolicy.settings.model import Settings
from ecrpolicy.snapshot import Repository

SCANNING: Final = "scanning configuration"
REPLICATION: Final = "replication configuration"
CACHE_RULES: Final = "pull through cache rules"
TEMPLATES: Final = "repository creation templates"

IMAGES: Final = "images"
MUTABILITY: Final = "tag mutability"
SCAN_ON_PUSH: Final = "scan on push"

OF_A_PUSH: Final = frozenset(
    (SCANNING, REPLICATION, CACHE_RULES, TEMPLATES, IMAGES, MUTABILITY, SCAN_ON_PUSH)
)
"""What a push hangs on."""

_NOT_TOLD: Final = "not in the documents"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that the documents do not tell.

    `about` is what, `reason` why: it is not in them, or the service refused it, with its answer.
    `repositories` are those of which it is not known, none where it is about the registry.
    """

    about: str
    reason: str
    settled_by: str
    repositories: tuple[str, ...] = ()


def unknown(settings: Settings) -> tuple[Unknown, ...]:
    """What is not known of a registry and of its repositories, alike ones together.

    >>> from ecrpolicy.snapshot import Registry
    >>> unknown(Settings.of(Registry("111122223333", "us-east-1")))[1].settled_by
    'give the output of `aws ecr describe-registry`'
    """
    return (*_of_registry(settings), *_of_repositories(settings))


# The settings of a registry: their names, the member that tells them, the command that prints it.
_SETTINGS: Final = (
    (SCANNING, "scanningConfiguration", "get-registry-scanning-configuration"),
    (REPLICATION, "replicationConfiguration", "describe-registry"),
    (CACHE_RULES, "pullThroughCacheRules", "describe-pull-through-cache-rules"),
    (TEMPLATES, "repositoryCreationTemplates", "describe-repository-creation-templates"),
)
_REFUSABLE: Final = (
    ("registry policy", "registryPolicyText", "get-registry-policy"),
    ("registry policy scope", "registryPolicyScope", "get-account-setting"),
)


def _of_registry(settings: Settings) -> Iterator[Unknown]:
    """Of the registry's policy it is told only that it was refused: nothing here hangs on it."""
    refused = settings.registry.refused
    for about, member, command in _SETTINGS:
        if about in settings.unknown:
            yield _unknown(about, refused.get(member), command)
    for about, member, command in _REFUSABLE:
        if member in refused:
            yield _unknown(about, refused[member], command)


@dataclass(frozen=True, slots=True)
class _Detail:
    about: str
    member: str
    command: str
    is_missing: Callable[[Repository], bool]


_DETAILS: Final = (
    _Detail(IMAGES, "imageDetails", "describe-images", lambda each: each.has_unknown_images),
    _Detail(
        "lifecycle policy",
        "lifecyclePolicyText",
        "get-lifecycle-policy",
        lambda each: each.lifecycle_policy is None,
    ),
    _Detail(
        MUTABILITY,
        "imageTagMutability",
        "describe-repositories",
        lambda each: each.image_tag_mutability is None,
    ),
    _Detail("repository policy", "policyText", "get-repository-policy", lambda _: False),
    _Detail("tags of the repository", "tags", "list-tags-for-resource", lambda _: False),
)
_OWN_SCANNING: Final = _Detail(
    SCAN_ON_PUSH,
    "imageScanningConfiguration",
    "describe-repositories",
    lambda each: each.scan_on_push is None,
)


def _of_repositories(settings: Settings) -> Iterator[Unknown]:
    """The repository's own setting of scans counts only where the registry has no rules."""
    configuration = settings.scanning
    own_counts = configuration.scan_type is ScanType.BASIC and not configuration.rules
    for detail in (*_DETAILS, *((_OWN_SCANNING,) if own_counts else ())):
        names: defaultdict[str, list[str]] = defaultdict(list)
        answers: dict[str, str] = {}
        for each in settings.registry.repositories:
            answer = each.refused.get(detail.member)
            if answer is not None or detail.is_missing(each):
                # Answers of the service name the repository: those of one kind stand together.
                kind = "" if answer is None else answer.partition(":")[0]
                names[kind].append(each.name)
                answers.setdefault(kind, answer or "")
        for kind, several in names.items():
            yield _unknown(detail.about, answers[kind] or None, detail.command, tuple(several))


def _unknown(
    about: str, answer: str | None, command: str, repositories: tuple[str, ...] = ()
) -> Unknown:
    if answer is None:
        advice = f"give the output of `aws ecr {command}`"
        return Unknown(about, _NOT_TOLD, advice, repositories)
    advice = f"allow the caller `aws ecr {command}`"
    if not answer.startswith("AccessDenied"):
        advice = f"read it again, or give the output of `aws ecr {command}`"
    return Unknown(about, answer, advice, repositories)
