"""Whether a registry lets another one replicate into it.

Amazon ECR User Guide, "Private registry permissions for replication": the policy of the
destination must grant another account `ecr:ReplicateImage`, and `ecr:CreateRepository` where the
repository is missing there; within an account nothing needs to be granted. Who calls is the
service-linked role for replication of the source's account.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final, Literal

from ecrpolicy import iam
from ecrpolicy.iam import managed
from ecrpolicy.snapshot import Registry

_ROLE: Final = (
    "arn:{partition}:iam::{account}:role/aws-service-role/replication.ecr.amazonaws.com/"
    "AWSServiceRoleForECRReplication"
)
_ROLE_POLICY: Final = "arn:aws:iam::aws:policy/aws-service-role/ECRReplicationServiceRolePolicy"


class Verdict(StrEnum):
    """Whether the destination permits an action."""

    ALLOWED = "allowed"
    DENIED = "denied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether the destination permits an action, and the decision where its policy is known."""

    action: str
    verdict: Verdict
    reason: str
    decision: iam.Decision | None = None


def permission(source: Registry, destination: Registry, action: str, name: str) -> Permission:
    """Whether a registry may take an action on a repository of another, to replicate into it.

    >>> home = Registry("111122223333", "us-east-1")
    >>> there = Registry("444455556666", "us-east-1", policy="")
    >>> permission(home, there, "ecr:ReplicateImage", "web").verdict.value
    'denied'
    """
    is_own = source.account == destination.account
    if destination.policy is None and not is_own:
        reason = f"the registry policy of {destination.account} {destination.region} is not known"
        return Permission(action, Verdict.UNKNOWN, reason)
    decision = _decided(source, destination, action, name)
    if decision.allowed:
        reason = (
            "within an account nothing needs to be granted"
            if is_own
            else "its registry policy allows it"
        )
        return Permission(action, Verdict.ALLOWED, reason, decision)
    if decision.effect is iam.Effect.EXPLICIT_DENY:
        return Permission(action, Verdict.DENIED, "its registry policy denies it", decision)
    reason = f"its registry policy does not allow `{action}` to account {source.account}"
    return Permission(action, Verdict.DENIED, reason, decision)


def _decided(source: Registry, destination: Registry, action: str, name: str) -> iam.Decision:
    request = iam.Request(
        principal=_ROLE.format(partition=source.partition, account=source.account),
        action=action,
        resource=destination.arn_of(name),
        resource_account=destination.account,
        service_linked_role=True,
    )
    return iam.authorize(request, _policies(destination.policy or "", destination.policy_scope))


@cache
def _role_policy() -> iam.Policy:
    found = managed.find(_ROLE_POLICY)
    if found is None:
        raise LookupError(f"`{_ROLE_POLICY}` is not among the managed policies")
    return found.policy


@cache
def _policies(text: str, scope: Literal["V1", "V2"]) -> iam.PolicySet:
    """A registry is asked about thousands of repositories: its policy is read once."""
    resource = (iam.parse(text, kind=iam.Kind.REGISTRY, scope=scope),) if text else ()
    return iam.PolicySet(identity=(_role_policy(),), resource=resource, registry_scope=scope)
