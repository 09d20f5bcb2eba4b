"""Account settings (Amazon ECR API Reference, "PutAccountSetting")."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT, READER, inline, serving, user

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASIC_SCAN_TYPE_VERSION", "AWS_NATIVE"),
        ("REGISTRY_POLICY_SCOPE", "V2"),
        ("BLOB_MOUNTING", "DISABLED"),
    ],
)
def test_a_new_registry_has_settings(registry: "ECRClient", name: str, value: str) -> None:
    answer = registry.get_account_setting(name=name)
    assert (answer["name"], answer["value"]) == (name, value)


def test_a_setting_is_kept(registry: "ECRClient") -> None:
    for value in ("ENABLED", "ENABLED", "DISABLED"):
        put = registry.put_account_setting(name="BLOB_MOUNTING", value=value)
        assert (put["name"], put["value"]) == ("BLOB_MOUNTING", value)
        assert registry.get_account_setting(name="BLOB_MOUNTING")["value"] == value


def test_settings_that_nobody_knows_are_refused(registry: "ECRClient") -> None:
    with refused("InvalidParameterException"):
        registry.get_account_setting(name="COLOUR")
    with refused("InvalidParameterException"):
        registry.put_account_setting(name="COLOUR", value="blue")
    with refused("InvalidParameterException"):
        registry.put_account_setting(name="BLOB_MOUNTING", value="PERHAPS")


def test_a_policy_can_be_about_one_setting(tmp_path: Path) -> None:
    """Service Authorization Reference, "Amazon ECR": the condition key `ecr:AccountSetting`."""
    statement = {
        "Effect": "Allow",
        "Action": "ecr:PutAccountSetting",
        "Resource": "*",
        "Condition": {"StringEquals": {"ecr:AccountSetting": "BLOB_MOUNTING"}},
    }
    one = user(READER, UserPolicyList=[inline("one", [statement])])
    known = [{"AccountId": ACCOUNT, "UserDetailList": [one]}]
    with serving(tmp_path, known=known) as started:
        ecr = started.ecr(READER)
        ecr.put_account_setting(name="BLOB_MOUNTING", value="ENABLED")
        with refused("AccessDeniedException"):
            ecr.put_account_setting(name="REGISTRY_POLICY_SCOPE", value="V2")
