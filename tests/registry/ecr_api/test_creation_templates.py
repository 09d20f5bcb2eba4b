"""Repository creation templates (Amazon ECR API Reference, "RepositoryCreationTemplate")."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

LIFECYCLE = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "selection": {
                    "tagStatus": "untagged",
                    "countType": "imageCountMoreThan",
                    "countNumber": 1,
                },
                "action": {"type": "expire"},
            }
        ]
    }
)


def test_a_template_is_made(registry: "ECRClient") -> None:
    members: Any = {
        "prefix": "prod",
        "description": "for what is pushed",
        "appliedFor": ["CREATE_ON_PUSH", "REPLICATION"],
        "imageTagMutability": "IMMUTABLE",
        "resourceTags": [{"Key": "team", "Value": "web"}],
        "encryptionConfiguration": {"encryptionType": "AES256"},
        "lifecyclePolicy": LIFECYCLE,
    }
    answer: Any = registry.create_repository_creation_template(**members)
    assert answer["registryId"] == ACCOUNT
    made = answer["repositoryCreationTemplate"]
    assert made["createdAt"] == made["updatedAt"]
    assert {name: made[name] for name in members} == members
    told: Any = registry.describe_repository_creation_templates()
    assert told["registryId"] == ACCOUNT
    assert told["repositoryCreationTemplates"] == [made]


def test_a_prefix_has_one_template(registry: "ECRClient") -> None:
    registry.create_repository_creation_template(prefix="ROOT", appliedFor=["REPLICATION"])
    with refused("TemplateAlreadyExistsException"):
        registry.create_repository_creation_template(prefix="ROOT", appliedFor=["CREATE_ON_PUSH"])


def test_a_template_is_changed_in_part(registry: "ECRClient") -> None:
    registry.create_repository_creation_template(
        prefix="prod", appliedFor=["REPLICATION"], description="old"
    )
    answer: Any = registry.update_repository_creation_template(prefix="prod", description="new")
    changed = answer["repositoryCreationTemplate"]
    assert (changed["description"], changed["appliedFor"]) == ("new", ["REPLICATION"])
    assert changed["updatedAt"] > changed["createdAt"]


def test_a_template_is_checked(registry: "ECRClient") -> None:
    bad: Any = [
        {"repositoryPolicy": "{"},
        {"lifecyclePolicy": "{}"},
        {"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"},
        {"appliedFor": []},
    ]
    registry.create_repository_creation_template(prefix="good", appliedFor=["REPLICATION"])
    for each in bad:
        with refused("InvalidParameterException"):
            registry.create_repository_creation_template(
                **{"prefix": "bad", "appliedFor": ["REPLICATION"], **each}
            )
        with refused("InvalidParameterException"):
            registry.update_repository_creation_template(prefix="good", **each)


@pytest.mark.parametrize(
    ("member", "text", "constraint"),
    [
        ("repositoryPolicy", "{", "Invalid repository policy provided"),
        ("repositoryPolicy", '{"Statement":[]}', "Invalid repository policy provided"),
        ("repositoryPolicy", r'{"Id":"\ud800"}', "Invalid repository policy provided"),
        (
            "lifecyclePolicy",
            LIFECYCLE[:-1],
            "Lifecycle policy parsing failure: Could not map policyString into LifecyclePolicy.",
        ),
        (
            "lifecyclePolicy",
            LIFECYCLE.replace('"countNumber": 1', '"countNumber": 0'),
            "Lifecycle policy validation failure: numeric instance is lower than the required "
            "minimum (minimum: 1, found: 0)",
        ),
    ],
)
def test_a_policy_that_is_none_is_named(
    registry: "ECRClient", member: str, text: str, constraint: str
) -> None:
    """The words are those of "SetRepositoryPolicy" and "PutLifecyclePolicy"."""
    message = f"Invalid parameter at '{member}' failed to satisfy constraint: '{constraint}'"
    with refused("InvalidParameterException", message):
        registry.create_repository_creation_template(
            **{"prefix": "policies", "appliedFor": ["REPLICATION"], member: text}  # type: ignore[arg-type]
        )
    registry.create_repository_creation_template(prefix="policies", appliedFor=["REPLICATION"])
    with refused("InvalidParameterException", message):
        registry.update_repository_creation_template(prefix="policies", **{member: text})  # type: ignore[arg-type]
    registry.delete_repository_creation_template(prefix="policies")


def test_another_member_is_named_too(registry: "ECRClient") -> None:
    message = (
        "Invalid parameter at 'appliedFor' failed to satisfy constraint: 'the template is for "
        "nothing'"
    )
    with refused("InvalidParameterException", message):
        registry.create_repository_creation_template(prefix="bad", appliedFor=[])


def test_a_template_is_deleted(registry: "ECRClient") -> None:
    registry.create_repository_creation_template(prefix="gone", appliedFor=["REPLICATION"])
    answer = registry.delete_repository_creation_template(prefix="gone")
    assert answer["repositoryCreationTemplate"]["prefix"] == "gone"
    with refused("TemplateNotFoundException"):
        registry.delete_repository_creation_template(prefix="gone")
    with refused("TemplateNotFoundException"):
        registry.update_repository_creation_template(prefix="gone", description="new")
    told = registry.describe_repository_creation_templates(prefixes=["gone"])
    assert told["repositoryCreationTemplates"] == []


def test_templates_are_told_a_page_at_a_time(registry: "ECRClient") -> None:
    for each in ("c", "a", "b"):
        registry.create_repository_creation_template(prefix=each, appliedFor=["REPLICATION"])
    pages = registry.get_paginator("describe_repository_creation_templates").paginate(
        PaginationConfig={"PageSize": 2}
    )
    told = [[each["prefix"] for each in page["repositoryCreationTemplates"]] for page in pages]
    assert told == [["a", "b"], ["c"]]
