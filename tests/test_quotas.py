"""The limits of the service, against the tables that they are from."""

import pytest

from ecrpolicy import quotas
from ecrpolicy.quotas import QUOTAS, Quota

# Amazon ECR User Guide (2023), "Amazon ECR service quotas": name, default, whether it can be
# adjusted. All rows of the table.
GUIDE = {
    "Filters per rule in a replication configuration": (100, False),
    "Images per repository": (10_000, True),
    "Layer parts": (4_200, False),
    "Lifecycle policy length": (30_720, False),
    "Maximum layer part size": (10, False),
    "Maximum layer size": (52_000, False),
    "Minimum layer part size": (5, False),
    "Pull through cache rules per registry": (10, False),
    "Rate of BatchCheckLayerAvailability requests": (1_000, True),
    "Rate of BatchGetImage requests": (2_000, True),
    "Rate of CompleteLayerUpload requests": (100, True),
    "Rate of GetAuthorizationToken requests": (500, True),
    "Rate of GetDownloadUrlForLayer requests": (3_000, True),
    "Rate of InitiateLayerUpload requests": (100, True),
    "Rate of PutImage requests": (10, True),
    "Rate of UploadLayerPart requests": (500, True),
    "Rate of image scans": (1, False),
    "Registered repositories": (10_000, True),
    "Rules per lifecycle policy": (50, False),
    "Rules per replication configuration": (10, False),
    "Tags per image": (1_000, False),
    "Unique destinations across all rules in a replication configuration": (25, False),
}

# Today's "Amazon ECR service quotas", where a value is another one; the last is new.
TODAY = {
    "Images per repository": 100_000,
    "Pull through cache rules per registry": 50,
    "Registered repositories": 100_000,
    "Basic image scans per 24 hours": 100_000,
}
NAMES = sorted(GUIDE.keys() | TODAY.keys())


def named(name: str) -> Quota:
    [found] = [quota for quota in QUOTAS if quota.name == name]
    return found


@pytest.mark.parametrize("name", GUIDE)
def test_a_quota_is_that_of_the_guide(name: str) -> None:
    quota = named(name)
    assert (quota.guide, quota.adjustable) == GUIDE[name]


@pytest.mark.parametrize("name", NAMES)
def test_today_s_value_decides_where_it_is_another(name: str) -> None:
    quota = named(name)
    assert quota.newer == TODAY.get(name)
    assert quota.value == TODAY.get(name, GUIDE.get(name, (None,))[0])


def test_there_are_no_other_quotas_and_each_stands_once() -> None:
    names = [quota.name for quota in QUOTAS]
    assert sorted(names) == NAMES
    assert all(quota.unit for quota in QUOTAS)


def test_a_quota_that_is_new_has_no_value_in_the_guide() -> None:
    assert named("Basic image scans per 24 hours").guide is None


def test_a_quota_without_any_value_has_none() -> None:
    with pytest.raises(ValueError, match="the quota `Wishes` has no value"):
        _ = Quota("Wishes", "wishes a person", None).value
    assert Quota("Wishes", "wishes a person", 3, 0).value == 0


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        # Amazon ECR API Reference.
        (quotas.LIFECYCLE_POLICY_MIN_CHARACTERS, 100),
        (quotas.LIFECYCLE_POLICY_MAX_CHARACTERS, 30_720),
        (quotas.LIFECYCLE_POLICY_MAX_RULES, 50),
        (quotas.SCANNING_MAX_RULES, 2),
        (quotas.SCANNING_MAX_FILTERS, 100),
        (quotas.SCANNING_FILTER_MAX_CHARACTERS, 255),
        (quotas.REPLICATION_MAX_RULES, 10),
        (quotas.REPLICATION_MAX_DESTINATIONS, 25),
        (quotas.REPLICATION_MAX_FILTERS, 100),
        (quotas.REPLICATION_MAX_DESTINATIONS_OF_RULE, 100),
        (quotas.REPLICATION_FILTER_MIN_CHARACTERS, 2),
        (quotas.REPLICATION_FILTER_MAX_CHARACTERS, 256),
        (quotas.CACHE_PREFIX_MIN_CHARACTERS, 2),
        (quotas.CACHE_PREFIX_MAX_CHARACTERS, 30),
        (quotas.CREDENTIAL_MIN_CHARACTERS, 50),
        (quotas.CREDENTIAL_MAX_CHARACTERS, 612),
        (quotas.TEMPLATE_PREFIX_MAX_CHARACTERS, 256),
        (quotas.TEMPLATE_DESCRIPTION_MAX_CHARACTERS, 256),
        (quotas.ROLE_MAX_CHARACTERS, 2_048),
        (quotas.KMS_KEY_MAX_CHARACTERS, 2_048),
        (quotas.EXCLUSION_MAX_FILTERS, 5),
        (quotas.EXCLUSION_FILTER_MAX_CHARACTERS, 128),
        (quotas.REPOSITORY_NAME_MIN_CHARACTERS, 2),
        (quotas.REPOSITORY_NAME_MAX_CHARACTERS, 256),
        (quotas.REPOSITORY_POLICY_MAX_CHARACTERS, 10_240),
        (quotas.REGISTRY_POLICY_MAX_CHARACTERS, 10_240),
        # Amazon ECR User Guide.
        (quotas.EXCLUSION_FILTER_MAX_WILDCARDS, 2),
        (quotas.RESOURCE_MAX_TAGS, 50),
        (quotas.RESOURCE_TAG_KEY_MAX_CHARACTERS, 128),
        (quotas.RESOURCE_TAG_VALUE_MAX_CHARACTERS, 256),
        # OCI Distribution Specification.
        (quotas.IMAGE_TAG_MAX_CHARACTERS, 128),
    ],
)
def test_a_limit_of_a_document_is_that_of_its_source(limit: int, value: int) -> None:
    assert limit == value
