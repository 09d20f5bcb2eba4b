"""Pull through cache rules (Amazon ECR API Reference; User Guide, "Using pull through cache")."""

from typing import TYPE_CHECKING, Any

from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


def _secret(registry: "ECRClient", name: str = "hub") -> str:
    region = registry.meta.region_name
    return f"arn:aws:secretsmanager:{region}:{ACCOUNT}:secret:ecr-pullthroughcache/{name}"


def _public(registry: "ECRClient", prefix: str) -> Any:
    return registry.create_pull_through_cache_rule(
        ecrRepositoryPrefix=prefix, upstreamRegistryUrl="public.ecr.aws"
    )


def test_a_rule_is_made(registry: "ECRClient") -> None:
    made: Any = _public(registry, "ecr-public")
    assert made["ecrRepositoryPrefix"] == "ecr-public"
    assert made["upstreamRegistryUrl"] == "public.ecr.aws"
    assert made["upstreamRegistry"] == "ecr-public"
    assert made["registryId"] == ACCOUNT
    [told] = registry.describe_pull_through_cache_rules()["pullThroughCacheRules"]
    assert told["createdAt"] == told["updatedAt"] == made["createdAt"]
    assert told["upstreamRegistryUrl"] == "public.ecr.aws"


def test_a_prefix_has_one_rule(registry: "ECRClient") -> None:
    _public(registry, "quay")
    for prefix in ("quay", "quay/"):
        with refused("PullThroughCacheRuleAlreadyExistsException"):
            _public(registry, prefix)


def test_other_registries_cannot_be_cached(registry: "ECRClient") -> None:
    with refused(
        "UnsupportedUpstreamRegistryException",
        "The specified upstream registry isn't supported.",
    ):
        registry.create_pull_through_cache_rule(
            ecrRepositoryPrefix="other", upstreamRegistryUrl="example.com"
        )


def test_docker_hub_asks_for_a_secret(registry: "ECRClient") -> None:
    hub = "registry-1.docker.io"
    with refused("UnsupportedUpstreamRegistryException"):
        registry.create_pull_through_cache_rule(
            ecrRepositoryPrefix="docker-hub", upstreamRegistryUrl=hub
        )
    made = registry.create_pull_through_cache_rule(
        ecrRepositoryPrefix="docker-hub", upstreamRegistryUrl=hub, credentialArn=_secret(registry)
    )
    assert made["credentialArn"] == _secret(registry)


def test_a_rule_gets_another_secret(registry: "ECRClient") -> None:
    registry.create_pull_through_cache_rule(
        ecrRepositoryPrefix="ghcr",
        upstreamRegistryUrl="ghcr.io",
        credentialArn=_secret(registry, "one"),
    )
    answer = registry.update_pull_through_cache_rule(
        ecrRepositoryPrefix="ghcr", credentialArn=_secret(registry, "two")
    )
    assert answer["credentialArn"] == _secret(registry, "two")
    [told] = registry.describe_pull_through_cache_rules()["pullThroughCacheRules"]
    assert told["credentialArn"] == _secret(registry, "two")
    assert told["updatedAt"] > told["createdAt"]
    elsewhere = _secret(registry).replace(ACCOUNT, "999988887777")
    with refused("InvalidParameterException"):
        registry.update_pull_through_cache_rule(ecrRepositoryPrefix="ghcr", credentialArn=elsewhere)


def test_a_rule_is_deleted(registry: "ECRClient") -> None:
    _public(registry, "gone")
    answer = registry.delete_pull_through_cache_rule(ecrRepositoryPrefix="gone")
    assert answer["upstreamRegistryUrl"] == "public.ecr.aws"
    code = "PullThroughCacheRuleNotFoundException"
    with refused(code):
        registry.delete_pull_through_cache_rule(ecrRepositoryPrefix="gone")
    with refused(code):
        registry.update_pull_through_cache_rule(
            ecrRepositoryPrefix="gone", credentialArn=_secret(registry)
        )
    with refused(code):
        registry.validate_pull_through_cache_rule(ecrRepositoryPrefix="gone")
    with refused(code):
        registry.describe_pull_through_cache_rules(ecrRepositoryPrefixes=["gone"])


def test_only_what_needs_no_secret_can_be_tried(registry: "ECRClient") -> None:
    _public(registry, "open")
    assert registry.validate_pull_through_cache_rule(ecrRepositoryPrefix="open")["isValid"]
    registry.create_pull_through_cache_rule(
        ecrRepositoryPrefix="closed", upstreamRegistryUrl="ghcr.io", credentialArn=_secret(registry)
    )
    answer = registry.validate_pull_through_cache_rule(ecrRepositoryPrefix="closed")
    assert not answer["isValid"]
    assert "'credentialArn' cannot be tried" in answer["failure"]


def test_rules_are_told_a_page_at_a_time(registry: "ECRClient") -> None:
    """A rule that comes in between before what was told is not told; one behind it is."""
    for each in ("cc", "ee", "aa"):
        _public(registry, each)
    first = registry.describe_pull_through_cache_rules(maxResults=2)
    assert [each["ecrRepositoryPrefix"] for each in first["pullThroughCacheRules"]] == ["aa", "cc"]
    _public(registry, "bb")
    _public(registry, "dd")
    token = first["nextToken"]
    second = registry.describe_pull_through_cache_rules(maxResults=2, nextToken=token)
    assert [each["ecrRepositoryPrefix"] for each in second["pullThroughCacheRules"]] == ["dd", "ee"]
    assert "nextToken" not in second
    with refused("InvalidParameterException"):
        registry.describe_pull_through_cache_rules(ecrRepositoryPrefixes=["aa"], nextToken=token)


def test_a_registry_has_fifty_rules_at_most(registry: "ECRClient") -> None:
    """Amazon ECR service quotas, "Pull through cache rules per registry"."""
    for number in range(50):
        _public(registry, f"rule-{number}")
    with refused("LimitExceededException"):
        _public(registry, "one-more")
