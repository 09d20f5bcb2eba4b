"""What a registry says about scans (Amazon ECR User Guide, "Image scanning")."""

from typing import TYPE_CHECKING, Any

from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


def test_a_new_registry_has_basic_scans_without_rules(registry: "ECRClient") -> None:
    answer = registry.get_registry_scanning_configuration()
    assert answer["registryId"] == ACCOUNT
    assert answer["scanningConfiguration"] == {"scanType": "BASIC", "rules": []}


def test_a_scanning_configuration_is_kept(registry: "ECRClient") -> None:
    filters = [{"filter": "prod*", "filterType": "WILDCARD"}]
    rules: Any = [{"scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": filters}]
    put = registry.put_registry_scanning_configuration(scanType="ENHANCED", rules=rules)
    expected = {"scanType": "ENHANCED", "rules": rules}
    assert put["registryScanningConfiguration"] == expected
    assert registry.get_registry_scanning_configuration()["scanningConfiguration"] == expected


def test_basic_scans_are_not_continuous(registry: "ECRClient") -> None:
    filters = [{"filter": "*", "filterType": "WILDCARD"}]
    rules: Any = [{"scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": filters}]
    with refused(
        "InvalidParameterException",
        "Invalid parameter at 'rules.1.member.scanFrequency' failed to satisfy constraint: "
        "'Member must satisfy enum value set: [SCAN_ON_PUSH, MANUAL]'",
    ):
        registry.put_registry_scanning_configuration(scanType="BASIC", rules=rules)


def test_each_repository_has_the_strongest_rule_that_matches(registry: "ECRClient") -> None:
    """Amazon ECR User Guide, "Using filters": continuous scanning wins over scan on push."""
    for each in ("web/prod", "web/test"):
        registry.create_repository(repositoryName=each)
    rules: Any = [
        {
            "scanFrequency": "SCAN_ON_PUSH",
            "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}],
        },
        {
            "scanFrequency": "CONTINUOUS_SCAN",
            "repositoryFilters": [{"filter": "prod", "filterType": "WILDCARD"}],
        },
    ]
    registry.put_registry_scanning_configuration(scanType="ENHANCED", rules=rules)
    answer = registry.batch_get_repository_scanning_configuration(
        repositoryNames=["web/test", "web/prod", "web/none"]
    )
    arn = f"arn:aws:ecr:{registry.meta.region_name}:{ACCOUNT}:repository"
    assert answer["scanningConfigurations"] == [
        {
            "repositoryArn": f"{arn}/web/test",
            "repositoryName": "web/test",
            "scanOnPush": True,
            "scanFrequency": "SCAN_ON_PUSH",
            "appliedScanFilters": [{"filter": "*", "filterType": "WILDCARD"}],
        },
        {
            "repositoryArn": f"{arn}/web/prod",
            "repositoryName": "web/prod",
            "scanOnPush": False,
            "scanFrequency": "CONTINUOUS_SCAN",
            "appliedScanFilters": [{"filter": "prod", "filterType": "WILDCARD"}],
        },
    ]
    assert answer["failures"] == [
        {
            "repositoryName": "web/none",
            "failureCode": "REPOSITORY_NOT_FOUND",
            "failureReason": "The repository with name 'web/none' does not exist in the registry "
            f"with id '{ACCOUNT}'",
        }
    ]


def test_a_repositorys_own_setting_holds_without_rules(registry: "ECRClient") -> None:
    registry.create_repository(
        repositoryName="own", imageScanningConfiguration={"scanOnPush": True}
    )
    registry.create_repository(repositoryName="not")
    answer = registry.batch_get_repository_scanning_configuration(repositoryNames=["own", "not"])
    told = answer["scanningConfigurations"]
    assert [each["scanFrequency"] for each in told] == ["SCAN_ON_PUSH", "MANUAL"]
    assert [each["scanOnPush"] for each in told] == [True, False]
    assert [each["appliedScanFilters"] for each in told] == [[], []]


def test_scans_that_are_off_have_no_frequency(registry: "ECRClient") -> None:
    """Amazon ECR User Guide, "Using filters": what no filter matches is not scanned."""
    registry.create_repository(repositoryName="test")
    rules: Any = [
        {
            "scanFrequency": "CONTINUOUS_SCAN",
            "repositoryFilters": [{"filter": "prod", "filterType": "WILDCARD"}],
        }
    ]
    registry.put_registry_scanning_configuration(scanType="ENHANCED", rules=rules)
    answer = registry.batch_get_repository_scanning_configuration(repositoryNames=["test"])
    [told] = answer["scanningConfigurations"]
    assert "scanFrequency" not in told
