"""Whether a registry lets another one replicate into it."""

import json
from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.replication import Permission, Verdict, permission
from ecrpolicy.snapshot import Registry
from tests.registry_builders import EAST, HOME, OTHER, WEST, letting_in

REPLICATE, CREATE = "ecr:ReplicateImage", "ecr:CreateRepository"
SOURCE = Registry(HOME, EAST)


def asked(
    policy: str | None, action: str = REPLICATE, *, account: str = OTHER, **about: Any
) -> Permission:
    there = Registry(account, WEST, policy=policy, **about)
    return permission(SOURCE, there, action, "web")


def statement(effect: str, **elements: Any) -> dict[str, Any]:
    about = {"Principal": {"AWS": HOME}, "Action": "ecr:*", "Resource": "*"}
    return {"Effect": effect, **about, **elements}


def written(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def test_within_an_account_nothing_needs_to_be_granted() -> None:
    for policy in ("", letting_in("777788889999", REPLICATE)):
        found = asked(policy, account=HOME)
        assert found.verdict is Verdict.ALLOWED
        assert found.reason == "within an account nothing needs to be granted"


def test_a_denial_holds_within_an_account_too() -> None:
    found = asked(written(statement("Deny")), account=HOME)
    assert (found.verdict, found.reason) == (Verdict.DENIED, "its registry policy denies it")
    assert found.decision is not None
    assert found.decision.effect is iam.Effect.EXPLICIT_DENY


def test_another_account_must_be_let_in() -> None:
    assert asked(letting_in(HOME, REPLICATE)).verdict is Verdict.ALLOWED
    assert asked(letting_in(HOME, REPLICATE)).reason == "its registry policy allows it"
    refused = asked(letting_in(HOME, REPLICATE), CREATE)
    assert refused.verdict is Verdict.DENIED
    assert refused.reason == (
        "its registry policy does not allow `ecr:CreateRepository` to account 111122223333"
    )
    assert asked(letting_in(HOME, CREATE), CREATE).verdict is Verdict.ALLOWED
    assert asked(letting_in("777788889999", REPLICATE)).verdict is Verdict.DENIED
    assert asked("").verdict is Verdict.DENIED


@pytest.mark.parametrize("account", [OTHER, HOME])
def test_a_policy_that_is_not_known_leaves_it_open(account: str) -> None:
    """That of the own account could deny."""
    found = asked(None, account=account)
    assert (found.verdict, found.decision) == (Verdict.UNKNOWN, None)
    assert found.reason == f"the registry policy of {account} us-west-2 is not known"


def test_a_denial_beats_what_is_allowed() -> None:
    policy = written(statement("Allow"), statement("Deny", Action=REPLICATE))
    assert asked(policy).verdict is Verdict.DENIED
    assert asked(policy, CREATE).verdict is Verdict.ALLOWED


@pytest.mark.parametrize(
    ("resource", "verdict"),
    [
        (f"arn:aws:ecr:{WEST}:{OTHER}:repository/*", Verdict.ALLOWED),
        (f"arn:aws:ecr:{WEST}:{OTHER}:repository/web", Verdict.ALLOWED),
        (f"arn:aws:ecr:{WEST}:{OTHER}:repository/prod-*", Verdict.DENIED),
        (f"arn:aws:ecr:{EAST}:{OTHER}:repository/*", Verdict.DENIED),
        (f"arn:aws:ecr:{WEST}:{HOME}:repository/*", Verdict.DENIED),
    ],
)
def test_the_repository_is_that_of_the_destination(resource: str, verdict: Verdict) -> None:
    assert asked(written(statement("Allow", Resource=resource))).verdict is verdict


def test_the_root_of_the_account_stands_for_the_role_that_replicates() -> None:
    role = (
        f"arn:aws:iam::{HOME}:role/aws-service-role/replication.ecr.amazonaws.com/"
        "AWSServiceRoleForECRReplication"
    )
    for principal in (HOME, f"arn:aws:iam::{HOME}:root", role, "*"):
        policy = written(statement("Allow", Principal={"AWS": principal}))
        assert asked(policy).verdict is Verdict.ALLOWED
        asking = asked(policy).decision
        assert asking is not None
        assert (asking.request.principal, asking.request.service_linked_role) == (role, True)
    other = written(statement("Allow", Principal={"AWS": f"arn:aws:iam::{HOME}:user/alice"}))
    assert asked(other).verdict is Verdict.DENIED


def test_in_china_accounts_have_arns_of_china() -> None:
    source = Registry(HOME, "cn-north-1")
    policy = written(
        statement(
            "Allow",
            Principal={"AWS": f"arn:aws-cn:iam::{HOME}:root"},
            Resource=f"arn:aws-cn:ecr:cn-northwest-1:{OTHER}:repository/*",
        )
    )
    there = Registry(OTHER, "cn-northwest-1", policy=policy)
    assert permission(source, there, REPLICATE, "web").verdict is Verdict.ALLOWED
