"""What the documents do not tell of a registry, why, and what would tell it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ecrpolicy.scanning import EffectiveScanning, ScanType, Source
from ecrpolicy.settings.model import Settings
from ecrpolicy.settings.texts import is_repository_policy, lifecycle_rules
from ecrpolicy.snapshot import Registry, Repository
from ecrpolicy.tagging import resource_tag_problems

REPOSITORIES: Final = "repositories"
SCANNING: Final = "scanning configuration"
REPLICATION: Final = "replication configuration"
CACHE_RULES: Final = "pull through cache rules"
TEMPLATES: Final = "repository creation templates"

IMAGES: Final = "images"
MUTABILITY: Final = "tag mutability"
SCAN_ON_PUSH: Final = "scan on push"

OF_A_PUSH: Final = frozenset(
    (REPOSITORIES, SCANNING, REPLICATION, CACHE_RULES, TEMPLATES, IMAGES, MUTABILITY, SCAN_ON_PUSH)
)
"""What a push hangs on."""

_NOT_TOLD: Final = "not in the documents"
_NO_POLICY: Final = "what the documents have in its place is no policy"

# Tags that AWS sets are among those of a repository; how many there are, quotas tell.
_UNFIT_TAGS: Final = frozenset(("tag-length", "tag-characters"))


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
    >>> unknown(Settings.of(Registry("111122223333", "us-east-1")))[0].settled_by
    'give the output of `aws ecr describe-repositories`'
    """
    return (*_of_registry(settings), *_of_repositories(settings), *_unfit(settings.registry))


def knows_scanning(settings: Settings, found: EffectiveScanning) -> bool:
    """Whether it is known how a repository is scanned."""
    return SCANNING not in settings.unknown and found.source is not Source.UNKNOWN_SETTING


def knows_mutability(registry: Registry, name: str) -> bool:
    """Whether it is known which tags of a repository may move; of one that is not there yet, too.

    Templates say it of repositories that are created.
    """
    repository = registry.repository(name)
    if repository is None:
        return registry.repository_creation_templates is not None
    return repository.image_tag_mutability is not None


# The settings of a registry: their names, the member that tells them, the command that prints it.
_SETTINGS: Final = (
    (SCANNING, "scanningConfiguration", "get-registry-scanning-configuration"),
    (REPLICATION, "replicationConfiguration", "describe-registry"),
    (CACHE_RULES, "pullThroughCacheRules", "describe-pull-through-cache-rules"),
    (TEMPLATES, "repositoryCreationTemplates", "describe-repository-creation-templates"),
)
_POLICY: Final = "registryPolicyText"
_SCOPE: Final = "registryPolicyScope"
_SCOPE_COMMAND: Final = "get-account-setting --name REGISTRY_POLICY_SCOPE"


def _of_registry(settings: Settings) -> Iterator[Unknown]:
    """Of the registry's policy it is told only that it was refused: nothing here hangs on it.

    Its scope is asked for where there is a policy: what that says of most actions hangs on it.
    """
    registry = settings.registry
    refused = registry.refused
    if registry.has_unknown_repositories:
        yield _unknown(REPOSITORIES, refused.get(REPOSITORIES), "describe-repositories")
    for about, member, command in _SETTINGS:
        if about in settings.unknown:
            yield _unknown(about, refused.get(member), command)
    if _POLICY in refused:
        yield _unknown("registry policy", refused[_POLICY], "get-registry-policy")
    if _SCOPE in refused or (registry.policy and registry.policy_scope is None):
        yield _unknown("registry policy scope", refused.get(_SCOPE), _SCOPE_COMMAND)


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


def _unfit(registry: Registry) -> Iterator[Unknown]:
    """What is told of repositories and cannot be: the service keeps no such text, and no such tag.

    Tags that are too many or too long are told by how much of the limits is used, too.
    """
    found: dict[tuple[str, str], tuple[str, str, list[str]]] = {}
    for each in registry.repositories:
        for about, command, kind, reason in _unfit_of(each):
            _, _, names = found.setdefault((about, kind), (command, reason, []))
            names.append(each.name)
    for (about, _), (command, reason, names) in found.items():
        advice = f"give the output of `aws ecr {command}`"
        yield Unknown(about, reason, advice, tuple(names))


def _unfit_of(repository: Repository) -> Iterator[tuple[str, str, str, str]]:
    """What it is about, the command that tells it, the kind of fault, and the fault."""
    lifecycle_policy, policy = repository.lifecycle_policy, repository.policy
    if lifecycle_policy and lifecycle_rules(lifecycle_policy) is None:
        yield "lifecycle policy", "get-lifecycle-policy", "", _NO_POLICY
    if policy and not is_repository_policy(policy):
        yield "repository policy", "get-repository-policy", "", _NO_POLICY
    kinds = set[str]()
    for problem in resource_tag_problems(list(repository.resource_tags.items())):
        if problem.rule in _UNFIT_TAGS and problem.rule not in kinds:
            kinds.add(problem.rule)
            reason = f"{problem.message}: the service keeps no such tag"
            yield "tags of the repository", "list-tags-for-resource", problem.rule, reason


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
