"""What single Regions may lack."""

from ecrpolicy import settings
from ecrpolicy.settings import Lacking, RegionalDoubt, Settings
from ecrpolicy.snapshot import Registry

HOME, OTHER = "111122223333", "444455556666"
RULE = {"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"}


def doubts(home: Registry) -> tuple[RegionalDoubt, ...]:
    return settings.regional_doubts(Settings.of(home))


def test_the_document_and_its_year_are_named() -> None:
    destinations = [{"region": "af-south-1", "registryId": OTHER}]
    found = (
        *doubts(Registry(HOME, "us-gov-west-1", "aws-us-gov", pull_through_cache_rules=(RULE,))),
        *doubts(
            Registry(
                HOME,
                "ap-southeast-6",
                scanning_configuration={"scanType": "ENHANCED", "rules": []},
                replication_configuration={"rules": [{"destinations": destinations}]},
            )
        ),
    )
    assert [each.lacking for each in found] == list(Lacking)
    assert all("the Amazon ECR User Guide of 2026 (`Consider" in each.reason for each in found)
    assert [each.accounts for each in found] == [(), (), (HOME, OTHER)]
    assert f"here `{HOME}` and `{OTHER}`" in found[-1].reason


def test_settings_that_are_not_known_are_no_reason_to_doubt() -> None:
    assert doubts(Registry(HOME, "cn-north-1", "aws-cn")) == ()
