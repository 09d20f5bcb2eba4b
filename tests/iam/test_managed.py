"""The AWS managed policies that the package holds."""

import json
from pathlib import Path
from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.iam import managed
from tests.renew_facts import written

_FOLDER = Path(__file__).parents[2] / "fixtures" / "cases" / "iam"
_CASES = _FOLDER / "guide-managed-policies.ecrpolicy.json"
_ATTACHABLE = "arn:aws:iam::aws:policy/"
_OF_ROLES = "arn:aws:iam::aws:policy/aws-service-role/"


def _guide() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_CASES.read_text("utf-8"))["policies"]
    return found


@pytest.mark.parametrize("name", sorted(_guide()))
def test_policies_are_as_the_guide_prints_them(name: str) -> None:
    held = managed.find(_ATTACHABLE + name)
    assert held is not None
    assert held.policy == iam.parse(_guide()[name], kind=iam.Kind.IDENTITY)
    assert (held.document, held.section) == ("Amazon ECR User Guide", name)


@pytest.mark.parametrize(
    "arn",
    [
        _ATTACHABLE + "AmazonEC2ContainerRegistryPullOnly",
        _OF_ROLES + "AWSECRPullThroughCache_ServiceRolePolicy",
        _OF_ROLES + "ECRReplicationServiceRolePolicy",
        _OF_ROLES + "ECRTemplateServiceRolePolicy",
    ],
)
def test_the_others_are_found_too(arn: str) -> None:
    held = managed.find(arn)
    assert held is not None
    assert held.arn == arn
    assert held.policy.statements


def test_a_policy_is_found_in_every_partition() -> None:
    name = "AmazonEC2ContainerRegistryReadOnly"
    assert managed.find(f"arn:aws-cn:iam::aws:policy/{name}") is managed.find(_ATTACHABLE + name)


@pytest.mark.parametrize(
    "arn",
    [
        "AmazonEC2ContainerRegistryReadOnly",
        _ATTACHABLE + "ReadOnlyAccess",
        _ATTACHABLE + "ECRReplicationServiceRolePolicy",
        "arn:aws:iam::111122223333:policy/AmazonEC2ContainerRegistryReadOnly",
    ],
)
def test_other_names_find_nothing(arn: str) -> None:
    assert managed.find(arn) is None


def test_a_customers_policy_is_not_managed_by_aws() -> None:
    assert managed.is_managed_by_aws(_ATTACHABLE + "ReadOnlyAccess")
    assert not managed.is_managed_by_aws("arn:aws:iam::111122223333:policy/mine")


@pytest.mark.parametrize("held", managed.policies(), ids=lambda held: held.name)
def test_each_says_where_it_is_from(held: managed.ManagedPolicy) -> None:
    assert held.version.startswith("v")
    assert held.date <= held.taken
    assert held.source.endswith("(PyPI)")
    assert iam.PolicySet(identity=(held.policy,))


def test_the_files_are_written_as_they_would_be_renewed() -> None:
    for path in (Path(managed.__file__).parent / managed.FOLDER).iterdir():
        text = path.read_text("utf-8")
        assert written(json.loads(text)) == text
