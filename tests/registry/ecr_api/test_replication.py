"""Replication configurations (Amazon ECR API Reference, "PutReplicationConfiguration")."""

from typing import TYPE_CHECKING, Any

from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT, OTHER_ACCOUNT

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


def _rules(*destinations: tuple[str, str], **members: Any) -> Any:
    told = [{"region": region, "registryId": account} for region, account in destinations]
    return {"rules": [{"destinations": told, **members}]}


def test_a_replication_configuration_is_kept(registry: "ECRClient") -> None:
    configuration = _rules(
        ("ap-east-1", ACCOUNT),
        ("us-east-1", OTHER_ACCOUNT),
        repositoryFilters=[{"filter": "prod", "filterType": "PREFIX_MATCH"}],
        deleteReplication={"enabled": False},
    )
    put = registry.put_replication_configuration(replicationConfiguration=configuration)
    assert put["replicationConfiguration"] == configuration
    assert registry.describe_registry()["replicationConfiguration"] == configuration
    registry.put_replication_configuration(replicationConfiguration={"rules": []})
    assert registry.describe_registry()["replicationConfiguration"] == {"rules": []}


def test_a_registry_is_not_replicated_to_itself(registry: "ECRClient") -> None:
    home = registry.meta.region_name
    with refused(
        "InvalidParameterException",
        "Invalid parameter at 'replicationConfiguration' failed to satisfy constraint: "
        "'Replication destination cannot be the same as the source registry'",
    ):
        registry.put_replication_configuration(replicationConfiguration=_rules((home, ACCOUNT)))


def test_there_are_ten_rules_at_most(registry: "ECRClient") -> None:
    """Amazon ECR service quotas: 10 rules, though the model of the API lets 25 pass."""
    [rule] = _rules(("ap-east-1", ACCOUNT))["rules"]
    registry.put_replication_configuration(replicationConfiguration={"rules": [rule] * 10})
    with refused("InvalidParameterException"):
        registry.put_replication_configuration(replicationConfiguration={"rules": [rule] * 11})
