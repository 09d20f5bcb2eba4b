"""The registries that can be cached, and what each needs to be read.

Amazon ECR User Guide, "Creating a pull through cache rule in Amazon ECR"; Amazon ECR API
Reference, "CreatePullThroughCacheRule".
"""

import re
from typing import Final, NamedTuple

from ecrpolicy.caching.model import UpstreamRegistry

_ECR: Final = re.compile(
    r"(?P<account>[0-9]{12})\.dkr\.ecr(?:-fips)?\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?"
)
_AZURE: Final = re.compile(r"[a-zA-Z0-9-]+\.azurecr\.io")

_HOSTS: Final = {
    "public.ecr.aws": UpstreamRegistry.ECR_PUBLIC,
    "quay.io": UpstreamRegistry.QUAY,
    "registry.k8s.io": UpstreamRegistry.K8S,
    "registry-1.docker.io": UpstreamRegistry.DOCKER_HUB,
    "ghcr.io": UpstreamRegistry.GITHUB_CONTAINER_REGISTRY,
    "registry.gitlab.com": UpstreamRegistry.GITLAB_CONTAINER_REGISTRY,
    "cgr.dev": UpstreamRegistry.CHAINGUARD,
}

NEEDS_SECRET: Final = frozenset(
    (
        UpstreamRegistry.DOCKER_HUB,
        UpstreamRegistry.GITHUB_CONTAINER_REGISTRY,
        UpstreamRegistry.AZURE_CONTAINER_REGISTRY,
        UpstreamRegistry.GITLAB_CONTAINER_REGISTRY,
        UpstreamRegistry.CHAINGUARD,
    )
)
"""The upstreams that ask for a user name and a token, kept in AWS Secrets Manager."""

KNOWN_HOSTS: Final = (*_HOSTS, "NAME.azurecr.io", "ACCOUNT.dkr.ecr.REGION.amazonaws.com")


class Upstream(NamedTuple):
    """An upstream registry; `account` and `region` where it is one of Amazon ECR."""

    registry: UpstreamRegistry
    account: str | None = None
    region: str | None = None


def upstream_of(url: str) -> Upstream | None:
    """The registry behind an `upstreamRegistryUrl`, None where it is none that can be cached.

    >>> upstream_of("quay.io").registry.value
    'quay'
    >>> upstream_of("example.com") is None
    True
    """
    host = url.removeprefix("https://").rstrip("/")
    if host in _HOSTS:
        return Upstream(_HOSTS[host])
    if _AZURE.fullmatch(host):
        return Upstream(UpstreamRegistry.AZURE_CONTAINER_REGISTRY)
    if found := _ECR.fullmatch(host):
        return Upstream(UpstreamRegistry.ECR, found["account"], found["region"])
    return None
