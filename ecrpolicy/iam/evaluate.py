"""Whether a request is allowed.

IAM User Guide, "Policy evaluation logic": "How AWS enforcement code logic evaluates requests to
allow or deny access", "Policy evaluation for requests within a single account" and
"Cross-account policy evaluation logic". Where these are silent, the documentation of this
library lists what was decided.
"""

from typing import Final

from ecrpolicy.iam.binding import BITS, kinds
from ecrpolicy.iam.callers import DELEGATES, LIMITED, UNLIMITED, CallerKind
from ecrpolicy.iam.decision import Decision, Effect
from ecrpolicy.iam.model import Kind
from ecrpolicy.iam.policies import PolicySet
from ecrpolicy.iam.prepare import Group, Plan
from ecrpolicy.iam.request import Request

_IDENTITY: Final = BITS[Kind.IDENTITY]
_BOUNDARY: Final = BITS[Kind.BOUNDARY]
_SESSION: Final = BITS[Kind.SESSION]
_SCP: Final = BITS[Kind.SCP]

_ALLOW: Final = Effect.ALLOW
_IMPLICIT_DENY: Final = Effect.IMPLICIT_DENY
_FEDERATED: Final = CallerKind.FEDERATED


def authorize(request: Request, policies: PolicySet) -> Decision:
    """Decide a request under all the policies that apply to it.

    >>> from ecrpolicy import iam
    >>> policy = iam.parse(
    ...     '''{"Version": "2012-10-17", "Statement": {
    ...         "Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}}''',
    ...     kind=iam.Kind.REPOSITORY,
    ... )
    >>> request = iam.Request(
    ...     principal="arn:aws:iam::111122223333:user/bob",
    ...     action="ecr:BatchGetImage",
    ...     resource="arn:aws:ecr:us-east-1:111122223333:repository/a",
    ... )
    >>> iam.authorize(request, iam.PolicySet(resource=(policy,))).allowed
    True
    """
    plan = policies.prepared.plan(request.action_key)
    effect, bits, missing = _decide(request, plan)
    return Decision(effect, kinds(bits), missing, request, policies)


_Outcome = tuple[Effect, int, Kind | None]


def _decide(request: Request, plan: Plan) -> _Outcome:
    """The steps in their order; the bits are those of the kinds of policies that decide."""
    binding = request.binding
    bounded_by = 0 if plan.boundary is None else binding & _BOUNDARY
    denied_by = 0
    for bit, group in plan.denials:
        if binding & bit and _matches(group, request, bounded_by):
            denied_by |= bit
    if denied_by:
        return Effect.EXPLICIT_DENY, denied_by, None
    if binding & _SCP:
        for level in plan.scps:
            if not _matches(level, request):
                return _IMPLICIT_DENY, _SCP, None
    if plan.endpoint is not None and not _matches(plan.endpoint, request):
        return _IMPLICIT_DENY, BITS[Kind.ENDPOINT], None
    if not binding & _IDENTITY:
        return _decide_without_identity(request, plan)
    if request.is_same_account:
        return _decide_same_account(request, plan)
    return _decide_cross_account(request, plan)


def _matches(group: Group, request: Request, bounded_by: int = 0) -> bool:
    """Whether some statement speaks of the request; a boundary matters to denials alone."""
    values = request.values
    resource = request.resource
    for statement in group.candidates(resource):
        covers = statement.covers
        if covers is not None and not covers(resource, values):
            continue
        naming = statement.naming
        if naming is not None and not naming(request.caller, bounded_by):
            continue
        for holds in statement.conditions:
            if not holds(values):
                break
        else:
            return True
    return False


def _worth(group: Group, request: Request) -> int:
    """What the grants of a resource policy are worth to the caller, together."""
    values = request.values
    resource = request.resource
    worth = 0
    for statement in group.candidates(resource):
        covers = statement.covers
        if covers is not None and not covers(resource, values):
            continue
        naming = statement.naming
        found = naming(request.caller, 0) if naming is not None else 0
        if found | worth == worth:
            continue
        for holds in statement.conditions:
            if not holds(values):
                break
        else:
            worth |= found
    return worth


def _grants(request: Request, plan: Plan) -> tuple[int, int, int]:
    """The kinds of resource policies that allow: without limit, within limits, by delegating."""
    unlimited = limited = delegating = 0
    for bit, group in plan.grants:
        if request.binding & bit:
            worth = _worth(group, request)
            if worth & UNLIMITED:
                unlimited |= bit
            if worth & LIMITED:
                limited |= bit
            if worth & DELEGATES:
                delegating |= bit
    return unlimited, limited, delegating


def _decide_without_identity(request: Request, plan: Plan) -> _Outcome:
    """A service or an anonymous caller needs a resource policy, no more."""
    unlimited, _, _ = _grants(request, plan)
    if unlimited:
        return _ALLOW, unlimited, None
    return _IMPLICIT_DENY, 0, Kind.RESOURCE


def _failing_limits(request: Request, plan: Plan) -> int:
    """Boundary and session policies that are there, bind, and do not allow."""
    failing = 0
    for bit, group in ((_BOUNDARY, plan.boundary), (_SESSION, plan.session)):
        if group is not None and request.binding & bit and not _matches(group, request):
            failing |= bit
    return failing


def _has_no_session_policy(request: Request, plan: Plan) -> bool:
    """A federated user's session without a session policy has nothing of its user's grants."""
    return request.caller.kind is _FEDERATED and plan.session is None


def _identity_allows(request: Request, plan: Plan) -> bool:
    return not _has_no_session_policy(request, plan) and _matches(plan.identity, request)


def _denied_by_own_account(request: Request, plan: Plan) -> _Outcome:
    missing = Kind.SESSION if _has_no_session_policy(request, plan) else Kind.IDENTITY
    return _IMPLICIT_DENY, 0, missing


def _decide_same_account(request: Request, plan: Plan) -> _Outcome:
    """A resource policy or an identity policy is enough, within its limits."""
    granted_by, limited, _ = _grants(request, plan)
    if _identity_allows(request, plan):
        limited |= _IDENTITY
    failing = _failing_limits(request, plan) if limited else 0
    if not failing:
        granted_by |= limited
    if granted_by or request.caller.is_root:
        return _ALLOW, granted_by, None
    if failing:
        return _IMPLICIT_DENY, failing, None
    return _denied_by_own_account(request, plan)


def _decide_cross_account(request: Request, plan: Plan) -> _Outcome:
    """A resource policy and an identity policy must allow, always within the limits.

    The root user counts as allowed by its own account.
    """
    unlimited, limited, delegating = _grants(request, plan)
    granted_by = unlimited | limited | delegating
    if not granted_by:
        return _IMPLICIT_DENY, 0, Kind.RESOURCE
    if _identity_allows(request, plan):
        granted_by |= _IDENTITY
    elif not request.caller.is_root:
        return _denied_by_own_account(request, plan)
    failing = _failing_limits(request, plan)
    if failing:
        return _IMPLICIT_DENY, failing, None
    return _ALLOW, granted_by, None
