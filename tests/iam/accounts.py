"""The registry and the accounts that the tests of access ask about."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ecrpolicy import iam
from ecrpolicy.snapshot import Registry, Repository
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.registries import read_registry

_FIXTURES: Final = Path(__file__).parents[2] / "fixtures"

ACCOUNT: Final = "111122223333"
PARTNER: Final = "444455556666"
ALICE: Final = f"arn:aws:iam::{ACCOUNT}:user/alice"
BOB: Final = f"arn:aws:iam::{ACCOUNT}:user/office/bob"
CAROL: Final = f"arn:aws:iam::{ACCOUNT}:user/carol"
DAVE: Final = f"arn:aws:iam::{ACCOUNT}:user/dave"
CI: Final = f"arn:aws:iam::{ACCOUNT}:role/build/ci"
CI_SESSION: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/ci/build-7"
REPLICATION: Final = (
    f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/replication.ecr.amazonaws.com/"
    "AWSServiceRoleForECRReplication"
)
DEPLOYER: Final = f"arn:aws:iam::{PARTNER}:role/deployer"
AUDITOR: Final = f"arn:aws:iam::{PARTNER}:role/auditor"

Json = dict[str, Any]


def text_of(folder: str, name: str) -> str:
    """The text of a fixture."""
    return (_FIXTURES / folder / f"{name}.json").read_text("utf-8")


def storefront() -> Registry:
    """The registry of the storefront."""
    return read_registry(Source(text_of("registries", "storefront").encode()))


def people(*names: str) -> iam.Identities:
    """The identities of some fixtures together."""
    found = iam.Identities()
    for name in names or ("storefront", "partner"):
        found |= iam.Identities.parse(text_of("identities", name))
    return found


def policy(*statements: Json) -> Json:
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(*actions: str, condition: Json | None = None, **members: Any) -> Json:
    """A statement that allows; of an identity unless it has a principal."""
    return _statement("Allow", actions, condition, members)


def deny(*actions: str, condition: Json | None = None, **members: Any) -> Json:
    """The same for one that denies."""
    return _statement("Deny", actions, condition, members)


def _statement(
    effect: str, actions: tuple[str, ...], condition: Json | None, members: Json
) -> Json:
    about = {} if "Principal" in members or "Resource" in members else {"Resource": "*"}
    said = {} if condition is None else {"Condition": condition}
    return {"Effect": effect, "Action": list(actions), **about, **members, **said}


def user(
    *statements: Json, name: str = "u", account: str = ACCOUNT, **members: Any
) -> iam.Identities:
    """An account whose only user has these statements; SCPs and RCPs are given, and allow."""
    everything = policy(allow("*"))
    inline = [{"PolicyName": "inline", "PolicyDocument": policy(*statements)}] if statements else []
    return iam.Identities.parse(
        {
            "UserDetailList": [
                {
                    "UserName": name,
                    "Arn": f"arn:aws:iam::{account}:user/{name}",
                    "UserPolicyList": inline,
                    **members,
                }
            ],
            "ServiceControlPolicies": [[everything]],
            "ResourceControlPolicies": [],
        }
    )


def registry(
    repository_policy: Json | None = None,
    *,
    tags: Mapping[str, str] | None = None,
    registry_policy: Json | None = None,
) -> Registry:
    """A registry with one repository, `web`."""
    text = "" if repository_policy is None else json.dumps(repository_policy)
    return Registry(
        ACCOUNT,
        "us-east-1",
        repositories=(Repository("web", policy=text, resource_tags=tags or {}),),
        policy="" if registry_policy is None else json.dumps(registry_policy),
    )
