"""Policies made into functions, and the statements of a policy set found by action and resource.

A set is prepared once. What an action can match is collected when the action is first asked
about, and remembered; among many statements, those whose resources start otherwise are left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ecrpolicy.iam.binding import BITS, REGISTRY_V1
from ecrpolicy.iam.conditions import Test, compiled
from ecrpolicy.iam.model import Kind, Policy, Statement, StatementEffect
from ecrpolicy.iam.patterns import Match
from ecrpolicy.iam.principals import Naming, naming
from ecrpolicy.iam.resources import Coverage, action_matcher, coverage, heads

if TYPE_CHECKING:
    from ecrpolicy.iam.policies import PolicySet

# Fewer statements than this are tried one by one.
_FEW: Final = 8

# Actions that are remembered; ECR has some sixty.
_MAX_PLANS: Final = 512


@dataclass(frozen=True, slots=True)
class PreparedStatement:
    """A statement as functions; None for an element that it does not have, or that covers all."""

    statement: Statement
    means: Match
    covers: Coverage | None
    naming: Naming | None
    conditions: tuple[Test, ...]


Prepared = tuple[PreparedStatement, ...]


def prepare(policy: Policy) -> Prepared:
    """The statements of a policy as functions."""
    knows_variables = policy.knows_variables
    return tuple(
        PreparedStatement(
            statement,
            action_matcher(statement.action),
            coverage(statement.resource, knows_variables=knows_variables)
            if statement.resource
            else None,
            naming(statement.principal, statement.effect) if statement.principal else None,
            tuple(
                compiled(condition, knows_variables=knows_variables)
                for condition in statement.conditions
            ),
        )
        for statement in policy.statements
    )


class Group:
    """Statements, any of which may match: all of them, or the few whose resource starts so."""

    __slots__ = ("_always", "_by_head", "_lengths")

    def __init__(self, statements: Sequence[PreparedStatement]) -> None:
        self._by_head: dict[str, list[PreparedStatement]] = {}
        self._lengths: tuple[int, ...] = ()
        self._always = list(statements)
        if len(statements) > _FEW:
            self._index(statements)

    def _index(self, statements: Iterable[PreparedStatement]) -> None:
        self._always = []
        for statement in statements:
            for head in dict.fromkeys(heads(statement.statement.resource)):
                bucket = self._by_head.setdefault(head, []) if head else self._always
                bucket.append(statement)
        self._lengths = tuple(sorted({len(head) for head in self._by_head}))

    def candidates(self, resource: str | None) -> Sequence[PreparedStatement]:
        """The statements that may cover a resource."""
        if not self._lengths or resource is None:
            return self._always
        found = self._always.copy()
        by_head = self._by_head
        for length in self._lengths:
            bucket = by_head.get(resource[:length])
            if bucket is not None:
                found += bucket
        return found


@dataclass(frozen=True, slots=True)
class Plan:
    """The statements of a policy set that mean one action, by what they do.

    Denials of every kind, and grants of resource policies, stand with the bit of their kind.
    A type of policy that is not there is None; SCPs have a group a level.
    """

    denials: tuple[tuple[int, Group], ...]
    grants: tuple[tuple[int, Group], ...]
    identity: Group
    scps: tuple[Group, ...]
    endpoint: Group | None
    boundary: Group | None
    session: Group | None


class PreparedSet:
    """A policy set, with the plans of the actions that were asked about."""

    __slots__ = ("_plans", "_policies")

    def __init__(self, policies: "PolicySet") -> None:
        self._policies = policies
        self._plans: dict[str, Plan] = {}

    def plan(self, action: str) -> Plan:
        """The plan of an action, which is in lower case."""
        plan = self._plans.get(action)
        if plan is None:
            if len(self._plans) >= _MAX_PLANS:
                self._plans.clear()
            plan = self._plans[action] = _plan(self._policies, action)
        return plan


def _plan(policies: "PolicySet", action: str) -> Plan:
    by_bit = {
        bit: [statement for policy in several for statement in _meaning(policy, action)]
        for bit, several in by_kind(policies)
    }
    resource_bits = [bit for bit in by_bit if bit & _RESOURCE_BITS]
    return Plan(
        denials=_non_empty(by_bit, by_bit, StatementEffect.DENY),
        grants=_non_empty(by_bit, resource_bits, StatementEffect.ALLOW),
        identity=_group(policies.identity, action),
        scps=tuple(_group(level, action) for level in policies.scps),
        endpoint=_group((policies.endpoint,), action) if policies.endpoint else None,
        boundary=_group((policies.boundary,), action) if policies.boundary else None,
        session=_group(policies.session, action) if policies.session else None,
    )


_RESOURCE_BITS: Final = (
    BITS[Kind.REPOSITORY] | BITS[Kind.REGISTRY] | BITS[Kind.RESOURCE] | REGISTRY_V1
)


def by_kind(policies: "PolicySet") -> list[tuple[int, list[Policy]]]:
    """All policies of a set, with the bits that say whom they bind."""
    registry = REGISTRY_V1 if policies.registry_scope == "V1" else BITS[Kind.REGISTRY]
    by_bit: list[tuple[int, list[Policy]]] = [
        (BITS[Kind.IDENTITY], list(policies.identity)),
        (BITS[Kind.BOUNDARY], [policies.boundary] if policies.boundary else []),
        (BITS[Kind.SESSION], list(policies.session)),
        (BITS[Kind.SCP], [policy for level in policies.scps for policy in level]),
        (BITS[Kind.RCP], [policy for level in policies.rcps for policy in level]),
        (BITS[Kind.ENDPOINT], [policies.endpoint] if policies.endpoint else []),
    ]
    for kind in (Kind.REPOSITORY, Kind.REGISTRY, Kind.RESOURCE):
        bit = registry if kind is Kind.REGISTRY else BITS[kind]
        by_bit.append((bit, [policy for policy in policies.resource if policy.kind is kind]))
    return by_bit


def _meaning(policy: Policy, action: str) -> list[PreparedStatement]:
    return [statement for statement in policy.prepared if statement.means(action)]


def _group(several: Iterable[Policy], action: str) -> Group:
    """What the policies allow."""
    return Group(
        [
            statement
            for policy in several
            for statement in _meaning(policy, action)
            if statement.statement.effect is StatementEffect.ALLOW
        ]
    )


def _non_empty(
    by_bit: dict[int, list[PreparedStatement]], bits: Iterable[int], effect: StatementEffect
) -> tuple[tuple[int, Group], ...]:
    found = []
    for bit in bits:
        statements = [one for one in by_bit[bit] if one.statement.effect is effect]
        if statements:
            found.append((bit, Group(statements)))
    return tuple(found)
