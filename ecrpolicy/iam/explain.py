"""Why a decision is as it is: every policy, statement and element, in the shape of the policies.

Everything is evaluated once more, with the functions that decided, and without stopping early.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ecrpolicy.iam.absence import not_binding
from ecrpolicy.iam.binding import BITS, REGISTRY_V1
from ecrpolicy.iam.callers import LIMITED, UNLIMITED
from ecrpolicy.iam.conditions import completed
from ecrpolicy.iam.decision import Decision, Effect
from ecrpolicy.iam.model import Condition, Element, Kind, Policy, Principals, StatementEffect
from ecrpolicy.iam.policies import PolicySet
from ecrpolicy.iam.prepare import PreparedStatement
from ecrpolicy.iam.principals import is_partly_listed
from ecrpolicy.iam.request import Request
from ecrpolicy.iam.wording import listed, printable, shown

_RESOURCE_KINDS: Final = (Kind.REPOSITORY, Kind.REGISTRY, Kind.RESOURCE)
_PLACES: Final = {
    Kind.IDENTITY: "identity-based policy",
    Kind.BOUNDARY: "permissions boundary",
    Kind.SESSION: "session policy",
    Kind.SCP: "service control policy",
    Kind.RCP: "resource control policy",
    Kind.ENDPOINT: "VPC endpoint policy",
    Kind.REPOSITORY: "repository policy",
    Kind.REGISTRY: "registry policy",
    Kind.RESOURCE: "resource-based policy",
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An element of a statement that does not match: what the statement has, what was found.

    `found` is empty where the request has nothing there. Of a condition, also operator and key.
    """

    element: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    operator: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        verb = "excludes" if self.element.startswith("Not") else "asks for"
        about = f"{self.element} "
        if self.operator is not None:
            about += f"{shown(self.operator)} on {shown(self.key)} "
        wanted, found = listed(self.wanted) or "nothing", listed(self.found, "and") or "nothing"
        return f"{about}{verb} {wanted}, found {found}"

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        about = {"operator": self.operator, "key": self.key} if self.operator else {}
        return {
            "element": self.element,
            **about,
            "wanted": list(self.wanted),
            "found": list(self.found),
        }


@dataclass(frozen=True, slots=True)
class StatementExplanation:
    """What one statement does with the request; `number` counts from 1."""

    number: int
    sid: str | None
    effect: StatementEffect
    mismatches: tuple[Mismatch, ...]
    notes: tuple[str, ...] = ()

    @property
    def matched(self) -> bool:
        """Whether all its elements match."""
        return not self.mismatches

    def lines(self) -> Iterator[str]:
        """As text, details indented."""
        sid = f" {shown(self.sid)}" if self.sid else ""
        does = f"{self.effect.value.lower()}s" if self.effect is StatementEffect.ALLOW else "denies"
        yield f"statement {self.number}{sid}: " + (
            f"matches and {does}" if self.matched else f"does not match ({self.effect.value})"
        )
        for detail in (*map(str, self.mismatches), *self.notes):
            yield f"  {detail}"

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "number": self.number,
            "sid": self.sid,
            "effect": self.effect.value,
            "matched": self.matched,
            "mismatches": [mismatch.to_json() for mismatch in self.mismatches],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class PolicyExplanation:
    """What one policy does with the request; `not_binding` says why it is not asked at all."""

    kind: Kind
    name: str
    not_binding: str | None
    statements: tuple[StatementExplanation, ...]

    @property
    def allows(self) -> bool:
        """Whether it binds and one of its statements allows."""
        return self._does(StatementEffect.ALLOW)

    @property
    def denies(self) -> bool:
        """Whether it binds and one of its statements denies."""
        return self._does(StatementEffect.DENY)

    def _does(self, effect: StatementEffect) -> bool:
        return self.not_binding is None and any(
            statement.matched and statement.effect is effect for statement in self.statements
        )

    def lines(self) -> Iterator[str]:
        """As text, details indented."""
        if self.not_binding is not None:
            yield f"{self.name}: does not apply: {self.not_binding}"
            return
        verdict = "denies" if self.denies else "allows" if self.allows else "does not allow"
        yield f"{self.name}: {verdict}"
        for statement in self.statements:
            for line in statement.lines():
                yield f"  {line}"

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "kind": self.kind.value,
            "name": self.name,
            "notBinding": self.not_binding,
            "allows": self.allows,
            "denies": self.denies,
            "statements": [statement.to_json() for statement in self.statements],
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a request is decided as it is."""

    effect: Effect
    decided_by: tuple[Kind, ...]
    reason: str
    policies: tuple[PolicyExplanation, ...]
    notes: tuple[str, ...]
    assumes: tuple[str, ...]

    def text(self) -> str:
        """The reason, then policies and statements as an indented tree."""
        lines = [f"{self.effect.value}: {self.reason}"]
        for policy in self.policies:
            lines += (f"  {line}" for line in policy.lines())
        lines += (f"  {note}" for note in self.notes)
        lines += (f"  assumed: {sentence}" for sentence in self.assumes)
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "effect": self.effect.value,
            "decidedBy": [kind.value for kind in self.decided_by],
            "reason": self.reason,
            "policies": [policy.to_json() for policy in self.policies],
            "notes": list(self.notes),
            "assumes": list(self.assumes),
        }


def explain(decision: Decision) -> Explanation:
    """The explanation of a decision."""
    return Explanation(
        decision.effect,
        decision.decided_by,
        decision.reason,
        tuple(_policies(decision)),
        tuple(_notes(decision.policies, decision.request)),
        decision.assumes,
    )


def _policies(decision: Decision) -> Iterator[PolicyExplanation]:
    request, policies = decision.request, decision.policies
    bounded_by = request.binding & BITS[Kind.BOUNDARY] if policies.boundary else 0
    for kind, place, policy in _places(policies):
        bit = BITS[kind]
        if kind is Kind.REGISTRY and policies.registry_scope == "V1":
            bit = REGISTRY_V1
        binds = bool(request.binding & bit)
        file = f" {shown(policy.file)}" if policy.file else ""
        yield PolicyExplanation(
            kind,
            place + file,
            None if binds else not_binding(kind, request, policies),
            tuple(
                _statement(policy, prepared, number, request, bounded_by)
                for number, prepared in enumerate(policy.prepared, start=1)
            )
            if binds
            else (),
        )


def _places(policies: PolicySet) -> Iterator[tuple[Kind, str, Policy]]:
    """Every policy with the kind of its place, and what to call it."""
    for kind, levels in ((Kind.SCP, policies.scps), (Kind.RCP, policies.rcps)):
        for number, level in enumerate(levels, start=1):
            for place, policy in _numbered(_PLACES[kind], level):
                yield kind, f"{place} of level {number}", policy
    if policies.endpoint is not None:
        yield Kind.ENDPOINT, _PLACES[Kind.ENDPOINT], policies.endpoint
    for kind in _RESOURCE_KINDS:
        several = [policy for policy in policies.resource if policy.kind is kind]
        for place, policy in _numbered(_PLACES[kind], several):
            yield kind, place, policy
    for place, policy in _numbered(_PLACES[Kind.IDENTITY], policies.identity):
        yield Kind.IDENTITY, place, policy
    if policies.boundary is not None:
        yield Kind.BOUNDARY, _PLACES[Kind.BOUNDARY], policies.boundary
    for place, policy in _numbered(_PLACES[Kind.SESSION], policies.session):
        yield Kind.SESSION, place, policy


def _numbered(name: str, policies: Sequence[Policy]) -> Iterator[tuple[str, Policy]]:
    for number, policy in enumerate(policies, start=1):
        yield f"{name} {number}" if len(policies) > 1 else name, policy


def _statement(
    policy: Policy,
    prepared: PreparedStatement,
    number: int,
    request: Request,
    bounded_by: int,
) -> StatementExplanation:
    statement = prepared.statement
    mismatches: list[Mismatch] = []
    if not prepared.means(request.action_key):
        mismatches.append(_element("Action", statement.action, (request.action,)))
    covers = prepared.covers
    if statement.resource and covers and not covers(request.resource, request.values):
        found = () if request.resource is None else (request.resource,)
        mismatches.append(_element("Resource", statement.resource, found))
    worth = prepared.naming(request.caller, bounded_by) if prepared.naming else 0
    if statement.principal and not worth:
        mismatches.append(_principal(statement.principal, request))
    for condition, holds in zip(statement.conditions, prepared.conditions, strict=True):
        if not holds(request.values):
            mismatches.append(_condition(policy, condition, request))
    notes = () if mismatches else tuple(_principal_notes(policy, prepared, request, worth))
    return StatementExplanation(number, statement.sid, statement.effect, tuple(mismatches), notes)


def _element(name: str, element: Element, found: tuple[str, ...]) -> Mismatch:
    return Mismatch(f"Not{name}" if element.is_negated else name, element.values, found)


def _principal(principal: Principals, request: Request) -> Mismatch:
    wanted = tuple(
        value if kind == "AWS" else f"{kind} {value}" for kind, value in principal.values
    )
    name = "NotPrincipal" if principal.is_negated else "Principal"
    return Mismatch(name, wanted, (request.caller.text,))


def _condition(policy: Policy, condition: Condition, request: Request) -> Mismatch:
    return Mismatch(
        "Condition",
        completed(condition, request.values, knows_variables=policy.knows_variables),
        request.values.get(condition.key.lower(), ()),
        condition.operator.text,
        condition.key,
    )


def _principal_notes(
    policy: Policy, prepared: PreparedStatement, request: Request, worth: int
) -> Iterator[str]:
    """What a match does not tell by itself: what the grant is worth, and what AWS leaves open."""
    statement = prepared.statement
    principal = statement.principal
    if principal is None:
        return
    if statement.effect is StatementEffect.DENY:
        if principal.is_negated and is_partly_listed(principal, request.caller):
            yield (
                "`NotPrincipal` lists some of account, role or user, and session, not all: AWS "
                "leaves open what happens then; it is taken to deny"
            )
    elif policy.kind in _RESOURCE_KINDS and request.is_same_account and not worth & UNLIMITED:
        if worth & LIMITED:
            yield "what it names is limited by permissions boundary and session policies"
        else:
            yield "it names the account, which only delegates: an identity policy must allow too"


def _notes(policies: PolicySet, request: Request) -> Iterator[str]:
    if request.binding & BITS[Kind.SCP]:
        for number, level in enumerate(policies.scps, start=1):
            if not level:
                yield f"level {number} of the service control policies is empty: it allows nothing"
    if policies.registry_scope == "V1" and any(
        policy.kind is Kind.REGISTRY for policy in policies.resource
    ):
        yield "the registry policy has scope V1: it is asked about three actions alone"
    if request.caller.is_root and request.is_same_account:
        yield f"{printable(request.caller.text)} needs no policy within its own account"
