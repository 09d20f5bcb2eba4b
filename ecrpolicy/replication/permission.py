"""Whether a registry lets another one replicate into it.

Amazon ECR User Guide, "Private registry permissions for replication": the policy of the
destination must grant another account `ecr:ReplicateImage`, and `ecr:CreateRepository` where the
repository is missing there; within an account nothing needs to be granted. Who calls is the
service-linked role for replication of the source's account: what follows from that is known of the
request, and nothing else.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import Final

from ecrpolicy import iam
from ecrpolicy.iam import managed
from ecrpolicy.iam.identities import Identity, IdentityKind
from ecrpolicy.iam.resources import Coverage
from ecrpolicy.iam.sides import Desk, IsOpen, Outcome, Place, Placed, open_conditions
from ecrpolicy.iam.standing import OF_SERVICES, Standing, is_open
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.snapshot import PolicyScope, Registry, Repository

REPLICATE: Final = "ecr:ReplicateImage"
CREATE: Final = "ecr:CreateRepository"

_ROLE: Final = (
    "arn:{partition}:iam::{account}:role/aws-service-role/replication.ecr.amazonaws.com/"
    "AWSServiceRoleForECRReplication"
)
_ROLE_POLICY: Final = "arn:aws:iam::aws:policy/aws-service-role/ECRReplicationServiceRolePolicy"

_RESOURCE_TAGS: Final = ("aws:resourcetag/", "ecr:resourcetag/")

# Of more resources than this, it is quicker to ask about each name than to tell names apart.
_MAX_TOLD_APART: Final = 16

# Policies that are kept when registries are asked about one name at a time.
_MAX_POLICIES: Final = 256


class Verdict(StrEnum):
    """Whether the destination permits an action."""

    ALLOWED = "allowed"
    DENIED = "denied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether the destination permits an action, and the decision where its policy is known.

    `conditions` are those that an unknown verdict hangs on; the decision takes their context keys
    for such as the request does not have.
    """

    action: str
    verdict: Verdict
    reason: str
    decision: iam.Decision | None = None
    conditions: tuple[iam.OpenCondition, ...] = ()


def permission(source: Registry, destination: Registry, action: str, name: str) -> Permission:
    """Whether a registry may take an action on a repository of another, to replicate into it.

    >>> home = Registry("111122223333", "us-east-1")
    >>> there = Registry("444455556666", "us-east-1", policy="")
    >>> permission(home, there, "ecr:ReplicateImage", "web").verdict.value
    'denied'
    """
    return Entrance(source, destination).permission(action, name)


class Entrance:
    """What a registry permits another one that replicates into it, for many repositories.

    Raises InvalidPolicy where the destination's registry policy is none.
    """

    def __init__(self, source: Registry, destination: Registry) -> None:
        self.source = source
        self.destination = destination
        self._role = _ROLE.format(partition=source.partition, account=source.account)
        self._standing = Standing(self._role, identity=Identity(IdentityKind.ROLE, self._role))
        self._context = {"aws:RequestedRegion": destination.region}
        self._policies = (
            None
            if destination.policy is None
            else _read(destination.policy, destination.effective_policy_scope)
        )

    @cached_property
    def repositories(self) -> dict[str, Repository]:
        """The repositories of the destination that are told, by name."""
        return {each.name: each for each in self.destination.repositories}

    def is_there(self, name: str) -> bool | None:
        """Whether the destination has a repository; None where that is not known."""
        if name in self.repositories:
            return True
        return None if self.destination.has_unknown_repositories else False

    def permission(self, action: str, name: str) -> Permission:
        """Whether an action on a repository is permitted, and why."""
        if self._policies is None:
            about = f"{self.destination.account} {self.destination.region}"
            reason = f"the registry policy of {about} is not known"
            return Permission(action, Verdict.UNKNOWN, reason)
        request, outcome = self._asked(self._policies, action, name)
        verdict = _verdict(outcome)
        decision = iam.authorize(request, self._policies.plain)
        conditions = self._policies.hangs_on(outcome) if verdict is Verdict.UNKNOWN else ()
        reason = _hanging(conditions) if conditions else self._reason(verdict, decision)
        return Permission(action, verdict, reason, decision, conditions)

    def verdict(self, action: str, name: str) -> Verdict:
        """Whether an action on a repository is permitted."""
        if self._policies is None:
            return Verdict.UNKNOWN
        return _verdict(self._asked(self._policies, action, name)[1])

    def alike(self, name: str) -> tuple[bool, ...] | None:
        """What the policy tells a name from others by; None where that cannot be told.

        What is permitted for a name is so for all others that are alike, and that are there as well
        or missing as well.
        """
        policies = self._policies
        if policies is None:
            return ()
        if policies.resources is None:
            return None
        arn = self.destination.arn_of(name)
        return tuple([covers(arn, {}) for covers in policies.resources])

    def _asked(self, policies: "_Policies", action: str, name: str) -> tuple[iam.Request, Outcome]:
        held = self.repositories.get(name) if policies.ask_for_tags else None
        request = iam.Request(
            principal=self._role,
            action=action,
            resource=self.destination.arn_of(name),
            resource_account=self.destination.account,
            service_linked_role=True,
            context=self._context,
            resource_tags={} if held is None else held.resource_tags,
        )
        has_open_tags = policies.ask_for_tags and self._has_open_tags(action, name)
        opens = self._opens(request, has_open_tags=has_open_tags)
        return request, policies.desk.outcome(request, policies.placed, opens)

    def _opens(self, request: iam.Request, *, has_open_tags: bool) -> IsOpen:
        """What tells whether the value of a context key is not known.

        Replication is a service that calls, if under a role: whether it says for whom, as services
        do with `aws:SourceAccount` and the like, is not known.
        """
        of_role = is_open(self._standing, request, self._context)

        def opens(key: str) -> bool:
            if key.startswith(_RESOURCE_TAGS):
                return has_open_tags
            return key in OF_SERVICES or of_role(key)

        return opens

    def _has_open_tags(self, action: str, name: str) -> bool:
        """Whether the tags of a repository are not known.

        One that is missing has none while it is created. Those that it then gets from its template
        it may have when the image arrives, or not yet.
        """
        held = self.repositories.get(name)
        if held is not None:
            return held.has_unknown_tags
        return action != CREATE or self.destination.has_unknown_repositories

    def _reason(self, verdict: Verdict, decision: iam.Decision) -> str:
        if verdict is Verdict.ALLOWED:
            is_own = self.source.account == self.destination.account
            granted = "its registry policy allows it"
            return "within an account nothing needs to be granted" if is_own else granted
        if decision.effect is iam.Effect.EXPLICIT_DENY:
            return "its registry policy denies it"
        action, account = shown(decision.request.action), self.source.account
        return f"its registry policy does not allow {action} to account {account}"


def _verdict(outcome: Outcome) -> Verdict:
    if outcome.is_bad:
        return Verdict.ALLOWED
    return Verdict.UNKNOWN if outcome.is_good else Verdict.DENIED


def _hanging(conditions: tuple[iam.OpenCondition, ...]) -> str:
    keys = dict.fromkeys(key for each in conditions for key in each.keys)
    one = len(keys) == 1
    about = f"the context key{'' if one else 's'} {listed(tuple(keys), 'and')}"
    where = "; ".join(dict.fromkeys(map(str, conditions)))
    return f"{about} {'is' if one else 'are'} not known: {where}"


class _Policies:
    """The policies that replication into a registry is held against, read once."""

    def __init__(self, policy: iam.Policy | None, scope: PolicyScope) -> None:
        role = Placed(Place("identity"), "policy of the role", _role_policy())
        registry = Placed(Place("resource"), "registry policy", policy)
        self.placed = (role,) if policy is None else (role, registry)
        self.desk = Desk(scope)
        self.plain = self.desk.plain(self.placed)
        keys = self.desk.keys_asked(self.placed)
        self.ask_for_tags = any(key.startswith(_RESOURCE_TAGS) for key in keys)
        self.resources = None if self.ask_for_tags else _resources(policy)

    def hangs_on(self, outcome: Outcome) -> tuple[iam.OpenCondition, ...]:
        """The conditions that an outcome hangs on, each once."""
        found = (
            condition
            for way in outcome.ways
            for choice in way
            for condition in open_conditions(choice, self.placed, outcome.unknown)
        )
        return tuple(dict.fromkeys(found))


def _resources(policy: iam.Policy | None) -> tuple[Coverage, ...] | None:
    """What tells names apart: the resources of the statements, each once.

    None where there are many, or where what a resource covers hangs on more than the name.
    """
    if policy is None:
        return ()
    found: dict[iam.Element, Coverage] = {}
    for each in policy.prepared:
        resource = each.statement.resource
        if resource is None or each.covers is None:
            continue
        if policy.knows_variables and any(map(has_variables, resource.values)):
            return None
        found[resource] = each.covers
    return tuple(found.values()) if len(found) <= _MAX_TOLD_APART else None


@cache
def _role_policy() -> iam.Policy:
    [held] = (each.policy for each in managed.policies() if each.arn == _ROLE_POLICY)
    return held


@lru_cache(maxsize=_MAX_POLICIES)
def _read(text: str, scope: PolicyScope) -> _Policies:
    """A registry is asked about thousands of repositories: its policy is read once."""
    policy = iam.parse(text, kind=iam.Kind.REGISTRY, scope=scope) if text else None
    return _Policies(policy, scope)
