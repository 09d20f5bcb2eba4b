"""A registry and its policy."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT, OTHER_ACCOUNT, READER, Serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

# Amazon ECR User Guide, "Private registry policy examples", "Allow the root user of a source
# account to replicate all repositories".
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "ReplicationAccessCrossAccount",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{OTHER_ACCOUNT}:root"},
            "Action": ["ecr:CreateRepository", "ecr:ReplicateImage"],
            "Resource": [f"arn:aws:ecr:us-west-2:{ACCOUNT}:repository/*"],
        }
    ],
}


def test_a_new_registry_replicates_nothing(registry: "ECRClient") -> None:
    answer = registry.describe_registry()
    assert answer["registryId"] == ACCOUNT
    assert answer["replicationConfiguration"] == {"rules": []}


# The policy


def test_a_policy_is_kept(registry: "ECRClient") -> None:
    put = registry.put_registry_policy(policyText=json.dumps(POLICY))
    got = registry.get_registry_policy()
    assert put["registryId"] == got["registryId"] == ACCOUNT
    assert put["policyText"] == got["policyText"]
    assert json.loads(got["policyText"]) == POLICY
    assert got["policyText"].startswith('{\n  "Version" : "2012-10-17",\n  "Statement" : [ {\n')


def test_a_policy_is_taken_away(registry: "ECRClient") -> None:
    registry.put_registry_policy(policyText=json.dumps(POLICY))
    answer = registry.delete_registry_policy()
    assert json.loads(answer["policyText"]) == POLICY
    code = "RegistryPolicyNotFoundException"
    text = f"Registry policy does not exist in the registry with id '{ACCOUNT}'"
    with refused(code, text):
        registry.get_registry_policy()
    with refused(code, text):
        registry.delete_registry_policy()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        json.dumps({**POLICY, "Id": "\ud800"}),
        json.dumps({**POLICY, "Statement": [{**POLICY["Statement"][0], "Principal": None}]}),  # type: ignore[dict-item]
        json.dumps({**POLICY, "Statement": [{**POLICY["Statement"][0], "Effect": "allow"}]}),  # type: ignore[dict-item]
    ],
)
def test_what_is_no_policy_is_refused(registry: "ECRClient", text: str) -> None:
    text_of_the_service = (
        "Invalid parameter at 'PolicyText' failed to satisfy constraint: "
        "'Invalid registry policy provided'"
    )
    with refused("InvalidParameterException", text_of_the_service):
        registry.put_registry_policy(policyText=text)


def test_a_registry_has_its_own_policy_in_each_region(shared: Serving) -> None:
    shared.ecr(region="ap-east-1").put_registry_policy(policyText=json.dumps(POLICY))
    with refused("RegistryPolicyNotFoundException"):
        shared.ecr(region="us-east-1").get_registry_policy()


def test_who_may_only_read_sets_nothing(shared: Serving) -> None:
    ecr = shared.ecr(READER)
    with refused("AccessDeniedException"):
        ecr.put_registry_policy(policyText=json.dumps(POLICY))
    with refused("AccessDeniedException"):
        ecr.put_account_setting(name="BLOB_MOUNTING", value="ENABLED")
