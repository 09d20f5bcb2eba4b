"""Why pulls of a name that a cache rule serves fail or keep an old image, and what is said then.

Amazon ECR User Guide, "Troubleshooting pull through cache issues" and "Considerations for using
pull through cache rules".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ecrpolicy.caching.evaluate import Cached
from ecrpolicy.caching.model import UpstreamRegistry
from ecrpolicy.caching.upstreams import upstream_of
from ecrpolicy.iam import OperationAnswer, Verdict
from ecrpolicy.snapshot import Registry, Repository, TagMutability

_CREATE: Final = "ecr:CreateRepository"
_IMPORT: Final = "ecr:BatchImportUpstreamImage"
_NOT_FOUND: Final = "manifest unknown: Requested image not found"
_FORBIDDEN: Final = "403 Forbidden"
_KEEPS: Final = {
    TagMutability.IMMUTABLE: "tags are immutable",
    TagMutability.IMMUTABLE_WITH_EXCLUSION: "most tags are immutable",
    TagMutability.MUTABLE_WITH_EXCLUSION: "some tags are immutable",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps a pull from getting what upstream has; `service_text` is None where none is said.

    `when` is half a sentence that says in which case.
    """

    when: str
    service_text: str | None = None


def troubles(registry: Registry, cached: Cached, repository: Repository) -> Iterator[Trouble]:
    """What can go wrong with pulls of a name that a cache rule serves.

    `repository` is that of the name, or what it would be, were it created.
    """
    is_there = registry.repository(repository.name) is not None
    if not is_there:
        yield Trouble(
            f"a caller without `{_CREATE}` is told", _no_repository(registry, repository.name)
        )
    yield Trouble(
        f"a caller without `{_IMPORT}` is told, as where upstream has no such image", _NOT_FOUND
    )
    upstream = upstream_of(cached.rule.upstream_registry_url)
    is_docker_hub = upstream is not None and upstream.registry is UpstreamRegistry.DOCKER_HUB
    if is_docker_hub and "/" not in cached.upstream_name:
        prefix = repository.name.removesuffix(cached.upstream_name)
        name = f"{prefix}library/{cached.upstream_name}"
        yield Trouble(f"official images of Docker Hub are in `library/`: pull `{name}`", _FORBIDDEN)
    kept = _KEEPS.get(repository.image_tag_mutability or TagMutability.MUTABLE)
    if kept is not None:
        yield Trouble(f"{kept}: once cached, they are not renewed from upstream")


def pull_trouble(registry: Registry, answer: OperationAnswer, name: str) -> Trouble | None:
    """What a caller is told who may not fill the cache, by the answer of `may_cache`.

    None where importing and creating are allowed, or not known to be denied.
    """
    denied = {each.request.action for each in answer.answers if each.verdict is Verdict.NO}
    if _CREATE in denied:
        when = f"`{_CREATE}` is not allowed, and the repository is not there"
        return Trouble(when, _no_repository(registry, name))
    if _IMPORT in denied:
        return Trouble(f"`{_IMPORT}` is not allowed", _NOT_FOUND)
    return None


def _no_repository(registry: Registry, name: str) -> str:
    return (
        f"name unknown: The repository with name '{name}' does not exist in the registry with id "
        f"'{registry.account}'"
    )
