"""Roles that are passed to Amazon ECR.

IAM User Guide, "Grant a user permissions to pass a role to an AWS service"; Amazon ECR User Guide,
"IAM permissions for creating repository creation templates".
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import (
    ACCOUNT,
    NOBODY,
    OTHER_ACCOUNT,
    REGION,
    ROOT,
    Serving,
    identities,
    inline,
    serving,
    user,
)

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/ecr/creator"
CREATING: Final = "ecr.amazonaws.com"
CACHING: Final = "pullthroughcache.ecr.amazonaws.com"
UPSTREAM: Final = f"{OTHER_ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"

Pass = Callable[["ECRClient", str], Any]


def create_template(ecr: "ECRClient", role: str) -> Any:
    return ecr.create_repository_creation_template(
        prefix="new", appliedFor=["CREATE_ON_PUSH"], customRoleArn=role
    )


def update_template(ecr: "ECRClient", role: str) -> Any:
    return ecr.update_repository_creation_template(prefix="there", customRoleArn=role)


def create_rule(ecr: "ECRClient", role: str) -> Any:
    return ecr.create_pull_through_cache_rule(
        ecrRepositoryPrefix="new", upstreamRegistryUrl=UPSTREAM, customRoleArn=role
    )


def update_rule(ecr: "ECRClient", role: str) -> Any:
    return ecr.update_pull_through_cache_rule(ecrRepositoryPrefix="there", customRoleArn=role)


PASSING: Final = [
    (create_template, CREATING),
    (update_template, CREATING),
    (create_rule, CACHING),
    (update_rule, CACHING),
]


def known(*statements: dict[str, Any]) -> list[dict[str, Any]]:
    """The usual identities, with a user who may do everything in ECR, and what is said."""
    ours, theirs = identities()
    everything = {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}
    said = inline("some", [everything, *statements])
    ours["UserDetailList"][2] = user(NOBODY, UserPolicyList=[said])
    return [ours, theirs]


def may_pass(resource: str, passed_to: str) -> dict[str, Any]:
    condition = {"StringEquals": {"iam:PassedToService": passed_to}}
    return {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": resource,
        "Condition": condition,
    }


def prepared(started: Serving) -> None:
    """What can be updated, by somebody who may do everything."""
    admin = started.ecr()
    admin.create_repository_creation_template(prefix="there", appliedFor=["CREATE_ON_PUSH"])
    admin.create_pull_through_cache_rule(
        ecrRepositoryPrefix="there", upstreamRegistryUrl=UPSTREAM, customRoleArn=ROLE
    )


@pytest.mark.parametrize(("passing", "passed_to"), PASSING)
def test_who_passes_a_role_must_be_allowed_to(
    tmp_path: Path, passing: Pass, passed_to: str
) -> None:
    statements = [
        may_pass(f"arn:aws:iam::{ACCOUNT}:role/ecr/*", passed_to),
        may_pass(f"arn:aws:iam::{ACCOUNT}:role/other", "ec2.amazonaws.com"),
        # Whatever is allowed: a role is passed within its account.
        may_pass(f"arn:aws:iam::{OTHER_ACCOUNT}:role/theirs", passed_to),
    ]
    with serving(tmp_path, known=known(*statements)) as started:
        prepared(started)
        ecr = started.ecr(NOBODY)
        for role in ("admin", "other"):
            arn = f"arn:aws:iam::{ACCOUNT}:role/{role}"
            message = (
                f"User: {NOBODY.principal} is not authorized to perform: iam:PassRole on "
                f"resource: {arn} because no identity-based policy allows the iam:PassRole action"
            )
            with refused("AccessDeniedException", message):
                passing(ecr, arn)
        with refused("AccessDeniedException"):
            passing(ecr, f"arn:aws:iam::{OTHER_ACCOUNT}:role/theirs")
        passing(ecr, ROLE)


def test_what_passes_no_role_needs_no_permission_for_it(tmp_path: Path) -> None:
    with serving(tmp_path, known=known()) as started:
        prepared(started)
        ecr = started.ecr(NOBODY)
        ecr.create_repository_creation_template(prefix="new", appliedFor=["REPLICATION"])
        ecr.update_repository_creation_template(prefix="there", description="as it was")
        ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="there")


def test_the_root_user_passes_roles_of_its_account(tmp_path: Path) -> None:
    with serving(tmp_path) as started:
        create_template(started.ecr(ROOT), ROLE)


def test_organizations_limit_what_is_passed(tmp_path: Path) -> None:
    deny = {"Effect": "Deny", "Action": "iam:PassRole", "Resource": f"{ROLE}-of-all"}
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    statement = {"Version": "2012-10-17", "Statement": [allow, deny]}
    ours, theirs = known(allow)
    ours["ServiceControlPolicies"] = [[{"Name": "limits", "Content": json.dumps(statement)}]]
    with serving(tmp_path, known=[ours, theirs]) as started:
        ecr = started.ecr(NOBODY)
        with refused("AccessDeniedException"):
            create_template(ecr, f"{ROLE}-of-all")
        create_template(ecr, ROLE)


@pytest.mark.parametrize("passing", [each for each, _ in PASSING])
@pytest.mark.parametrize(
    "role",
    [
        "creator",
        "arn:",
        f"arn::iam::{ACCOUNT}:role/creator",
        f"arn:aws:sts::{ACCOUNT}:role/creator",
        f"arn:aws:iam::{ACCOUNT}:user/ana",
        f"arn:aws:iam::{ACCOUNT}:role/",
        f"arn:aws:iam::{ACCOUNT[1:]}:role/creator",
        f"{ROLE}\n",
    ],
)
def test_what_is_no_role(ecr: "ECRClient", passing: Pass, role: str) -> None:
    message = "Invalid parameter at 'customRoleArn' failed to satisfy constraint: 'Invalid ARN'"
    with refused("InvalidParameterException", message):
        passing(ecr, role)
