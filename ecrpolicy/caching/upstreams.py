"""The registries that can be cached, and what each needs to be read.

Amazon ECR User Guide, "Creating a pull through cache rule in Amazon ECR"; Amazon ECR API
Reference, "CreatePullThroughCacheRule".
"""

import re
from typing import Final, NamedTuple

from ecrpolicy.caching.model import UpstreamRegistry
from ecrpolicy.regions import partition_of

_ECR: Final = re.compile(
    r"(?P<account>[0-9]{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?P<china>\.cn)?"
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

    The URL is a host alone, without `https://`.

    >>> upstream_of("quay.io").registry.value
    'quay'
    >>> upstream_of("example.com") is None
    True
    """
    if url in _HOSTS:
        return Upstream(_HOSTS[url])
    if _AZURE.fullmatch(url):
        return Upstream(UpstreamRegistry.AZURE_CONTAINER_REGISTRY)
    found = _ECR.fullmatch(url)
    partition = partition_of(found["region"]) if found else None
    if found is None or partition is None or (partition == "aws-cn") != bool(found["china"]):
        return None
    return Upstream(UpstreamRegistry.ECR, found["account"], found["region"])
