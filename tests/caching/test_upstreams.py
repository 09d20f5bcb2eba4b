"""The registries that can be cached."""

import pytest

from ecrpolicy.caching import Upstream, UpstreamRegistry, upstream_of
from ecrpolicy.caching.upstreams import KNOWN_HOSTS, NEEDS_SECRET


@pytest.mark.parametrize(
    ("url", "registry", "needs_secret"),
    [
        ("public.ecr.aws", "ecr-public", False),
        ("quay.io", "quay", False),
        ("registry.k8s.io", "k8s", False),
        ("registry-1.docker.io", "docker-hub", True),
        ("ghcr.io", "github-container-registry", True),
        ("registry.gitlab.com", "gitlab-container-registry", True),
        ("cgr.dev", "chainguard", True),
        ("team.azurecr.io", "azure-container-registry", True),
        ("444455556666.dkr.ecr.us-west-2.amazonaws.com", "ecr", False),
    ],
)
def test_a_host_is_that_of_an_upstream(url: str, registry: str, *, needs_secret: bool) -> None:
    found = upstream_of(url)
    assert found is not None
    assert found.registry.value == registry
    assert (found.registry in NEEDS_SECRET) is needs_secret


def test_every_upstream_has_a_host() -> None:
    hosts = [each.replace("NAME", "team") for each in KNOWN_HOSTS]
    hosts = [each.replace("ACCOUNT", "111122223333") for each in hosts]
    found = [upstream_of(each.replace("REGION", "us-east-1")) for each in hosts]
    assert {each.registry for each in found if each} == set(UpstreamRegistry)


def test_account_and_region_of_an_ecr_registry_are_read() -> None:
    url = "444455556666.dkr.ecr.us-west-2.amazonaws.com"
    assert upstream_of(url) == Upstream(UpstreamRegistry.ECR, "444455556666", "us-west-2")
    china = "444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn"
    assert upstream_of(china) == Upstream(UpstreamRegistry.ECR, "444455556666", "cn-north-1")


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.com", "docker.io", "QUAY.IO", "https://quay.io", "quay.io/", "quay.io\n"),
        *(".azurecr.io", "a.b.azurecr.io", "a_b.azurecr.io", "team.azurecr.io.example.com"),
        "44445555666.dkr.ecr.us-west-2.amazonaws.com",
        "444455556666.dkr.ecr.us-west-9.amazonaws.com",
        "444455556666.dkr.ecr.us-west-2.amazonaws.com.cn",
        "444455556666.dkr.ecr.cn-north-1.amazonaws.com",
        "444455556666.dkr.ecr-fips.us-west-2.amazonaws.com",
        "444455556666.dkrxecr.us-west-2.amazonaws.com",
    ],
)
def test_what_is_no_host_of_an_upstream_is_none(url: str) -> None:
    assert upstream_of(url) is None
