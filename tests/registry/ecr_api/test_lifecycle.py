"""Lifecycle policies put and shown (Amazon ECR API Reference, "PutLifecyclePolicy")."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

# Amazon ECR User Guide, "Examples of lifecycle policies", "Filtering on image age".
POLICY: dict[str, Any] = {
    "rules": [
        {
            "rulePriority": 1,
            "description": "Expire images older than 14 days",
            "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14,
            },
            "action": {"type": "expire"},
        }
    ]
}

# Amazon ECR API Reference, "GetLifecyclePolicy": how the service gives a policy back.
ON_ONE_LINE = (
    '{"rules":[{"rulePriority":1,"description":"Expire images older than 14 days","selection":'
    '{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":14},'
    '"action":{"type":"expire"}}]}'
)


def _text(**rule: Any) -> str:
    """The policy with a changed rule."""
    return json.dumps({"rules": [{**POLICY["rules"][0], **rule}]})


def test_a_policy_is_kept(ecr: "ECRClient", repository: str) -> None:
    put = ecr.put_lifecycle_policy(
        repositoryName=repository, lifecyclePolicyText=json.dumps(POLICY, indent=4)
    )
    got = ecr.get_lifecycle_policy(repositoryName=repository)
    for each in (put, got):
        assert (each["registryId"], each["repositoryName"]) == (ACCOUNT, repository)
        assert each["lifecyclePolicyText"] == ON_ONE_LINE
    assert "lastEvaluatedAt" not in got


def test_a_policy_is_taken_away(ecr: "ECRClient", repository: str) -> None:
    ecr.put_lifecycle_policy(repositoryName=repository, lifecyclePolicyText=json.dumps(POLICY))
    answer = ecr.delete_lifecycle_policy(repositoryName=repository)
    assert answer["lifecyclePolicyText"] == ON_ONE_LINE
    text = (
        f"Lifecycle policy does not exist for the repository with name '{repository}' in the "
        f"registry with id '{ACCOUNT}'"
    )
    with refused("LifecyclePolicyNotFoundException", text):
        ecr.get_lifecycle_policy(repositoryName=repository)
    with refused("LifecyclePolicyNotFoundException", text):
        ecr.delete_lifecycle_policy(repositoryName=repository)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            json.dumps({"rules": [{**POLICY["rules"][0], "rulePriority": 0}]}),
            "Lifecycle policy validation failure: numeric instance is lower than the required "
            "minimum (minimum: 1, found: 0)",
            id="the priority is too low",
        ),
        pytest.param(
            _text(action={"type": "delete"}),
            "Lifecycle policy validation failure: instance value (delete) not found in enum "
            ":(possible values: [expire,transition])",
            id="no such action",
        ),
        pytest.param(
            _text(colour="blue"),
            "Lifecycle policy validation failure: object instance has properties which are not "
            'allowed by the schema: (["colour"])',
            id="no such member",
        ),
    ],
)
def test_what_is_no_policy_is_refused_in_the_services_words(
    ecr: "ECRClient", repository: str, text: str, said: str
) -> None:
    expected = f"Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: '{said}'"
    with refused("InvalidParameterException", expected):
        ecr.put_lifecycle_policy(repositoryName=repository, lifecyclePolicyText=text)
    with refused("InvalidParameterException", expected):
        ecr.start_lifecycle_policy_preview(repositoryName=repository, lifecyclePolicyText=text)


@pytest.mark.parametrize("text", ["{" + " " * 100, "[" * 200, " " * 100, "null" + " " * 100])
def test_what_is_no_document_is_refused(ecr: "ECRClient", repository: str, text: str) -> None:
    with refused("InvalidParameterException"):
        ecr.put_lifecycle_policy(repositoryName=repository, lifecyclePolicyText=text)


@pytest.mark.parametrize("length", [99, 30_721])
def test_a_policy_has_a_length(ecr: "ECRClient", repository: str, length: int) -> None:
    text = ON_ONE_LINE[:length] + " " * (length - len(ON_ONE_LINE))
    with refused("InvalidParameterException"):
        ecr.put_lifecycle_policy(repositoryName=repository, lifecyclePolicyText=text)


def test_half_a_surrogate_pair_is_no_text(ecr: "ECRClient", repository: str) -> None:
    text = _text(description="\ud800")
    with refused("InvalidParameterException"):
        ecr.put_lifecycle_policy(repositoryName=repository, lifecyclePolicyText=text)


def test_a_repository_must_be_there(ecr: "ECRClient") -> None:
    with refused("RepositoryNotFoundException"):
        ecr.put_lifecycle_policy(repositoryName="nowhere", lifecyclePolicyText=json.dumps(POLICY))
    with refused("RepositoryNotFoundException"):
        ecr.get_lifecycle_policy(repositoryName="nowhere")
