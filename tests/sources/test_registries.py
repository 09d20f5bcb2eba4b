"""Registries, from what the AWS CLI prints of them."""

import json
from typing import Any

import pytest

from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.snapshot import Registry, Repository
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.registries import read_registry
from tests.iam.accounts import storefront

_ARN = "arn:aws-cn:ecr:cn-north-1:111122223333:repository/web"
_WEB = {"repositoryName": "web", "repositoryArn": _ARN, "registryId": "111122223333"}


def _source(*documents: object) -> Source:
    return Source("\n".join(map(json.dumps, documents)).encode(), "registry.json")


def test_one_document_holds_all() -> None:
    registry = storefront()
    assert (registry.account, registry.region, registry.policy_scope) == (
        "111122223333",
        "eu-central-1",
        "V2",
    )
    web = registry.repository("storefront/web")
    assert web is not None
    assert web.resource_tags == {"team": "storefront", "environment": "prod"}
    assert json.loads(web.policy or "")["Statement"][0]["Sid"] == "partner pulls"
    assert json.loads(registry.policy or "")["Statement"][0]["Sid"] == "WarehouseReplicates"


def test_answers_of_the_cli_stand_one_after_another() -> None:
    registry = read_registry(
        _source(
            {"repositories": [_WEB]},
            {"registryId": "111122223333", "repositoryName": "web", "policyText": "of web"},
            {"registryId": "111122223333", "policyText": "of all"},
            {"name": "REGISTRY_POLICY_SCOPE", "value": "V1"},
        )
    )
    assert (registry.partition, registry.region) == ("aws-cn", "cn-north-1")
    assert registry.repositories == (
        Repository("web", registry_id="111122223333", arn=_ARN, policy="of web"),
    )
    assert (registry.policy, registry.policy_scope) == ("of all", "V1")


def test_the_same_policy_may_stand_twice() -> None:
    of_all = {"registryId": "111122223333", "policyText": "of all"}
    registry = read_registry(_source({"repositories": [_WEB]}, of_all, of_all))
    assert registry.policy == "of all"


def test_what_is_not_told_is_no_none() -> None:
    [untold] = read_registry(_source({"repositories": [_WEB]})).repositories
    assert (untold.policy, untold.has_unknown_tags) == (None, True)
    nothing: dict[str, Any] = {"policyText": None, "tags": []}
    registry = read_registry(
        _source({"repositories": [_WEB | nothing], "registryPolicyText": None})
    )
    [told] = registry.repositories
    assert (told.policy, told.has_unknown_tags, registry.policy) == ("", False, "")


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ([{}], "nothing here tells of a registry"),
        ([{"repositories": []}], "nothing here tells the account and the Region"),
        ([{"repositories": [_WEB], "nextToken": "x"}], "stops at a `nextToken`"),
        ([{"repositories": [{}]}], "the member `repositoryName` is missing"),
        ([{"repositories": 1}], "expected a list, found `1`"),
        ([{"repositories": [_WEB, _WEB]}], "the repository `web` stands twice"),
        (
            [{"repositories": [_WEB]}, {"repositoryName": "api", "policyText": "x"}],
            "a policy of the repository `api` is here, which no listing has",
        ),
        (
            [
                {"repositories": [_WEB | {"policyText": "x"}]},
                {"repositoryName": "web", "policyText": "y"},
            ],
            "a second, different policy of the repository `web` is here",
        ),
        (
            [
                {"repositories": [_WEB], "registryPolicyText": "x"},
                {"registryId": "111122223333", "policyText": "y"},
            ],
            "a second, different policy of the registry is here",
        ),
    ],
)
def test_what_is_wrong_is_said(documents: list[Any], message: str) -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(_source(*documents))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"account": "1"}, "/account"),
        ({"region": ""}, "/region"),
        ({"policy_scope": "V3"}, "/policy_scope"),
        ({"repositories": (Repository("a"), Repository("a"))}, "/repositories/1/name"),
        ({"repositories": (Repository("a", registry_id="9"),)}, "/repositories/0/registry_id"),
        ({"repositories": (Repository("a", arn=_ARN),)}, "/repositories/0/arn"),
    ],
)
def test_a_registry_that_cannot_be_is_refused(members: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        Registry(**{"account": "111122223333", "region": "us-east-1", **members})
    assert [found.location.pointer for found in caught.value.findings] == [pointer]


def test_what_is_printed_of_members_that_are_not_set_is_left_out() -> None:
    destination = {"region": "eu-west-1", "registryId": "111122223333"}
    rule = {"destinations": [destination], "repositoryFilters": [], "deleteReplication": None}
    template = {
        "prefix": "ROOT",
        "appliedFor": ["REPLICATION"],
        "imageTagMutabilityExclusionFilters": [],
        "repositoryPolicy": None,
    }
    settings = {
        "registryId": "111122223333",
        "region": "eu-central-1",
        "replicationConfiguration": {"rules": [rule]},
        "repositoryCreationTemplates": [template],
    }
    found = read_registry(_source(settings), with_settings=True)
    assert found.replication_configuration == {"rules": [{"destinations": [destination]}]}
    assert found.repository_creation_templates == (
        {"prefix": "ROOT", "appliedFor": ["REPLICATION"]},
    )
