"""Why a policy that was given is not asked about a request."""

from typing import TYPE_CHECKING

from ecrpolicy.iam.binding import IDENTITY_ONLY_ACTIONS
from ecrpolicy.iam.model import Kind
from ecrpolicy.iam.wording import shown

if TYPE_CHECKING:
    from ecrpolicy.iam.policies import PolicySet
    from ecrpolicy.iam.request import Request


def not_binding(kind: Kind, request: "Request", policies: "PolicySet") -> str:
    """What keeps a policy of that kind from being asked."""
    match kind:
        case Kind.IDENTITY | Kind.BOUNDARY | Kind.SESSION:
            return f"it binds no {request.caller.kind.value}"
        case Kind.SCP:
            return _of_member_accounts(request, "caller", is_bound=request.caller.has_identity)
        case Kind.RCP:
            return _of_member_accounts(request, "resource", is_bound=True)
    action = shown(request.action)
    if request.action_key in IDENTITY_ONLY_ACTIONS:
        return f"{action} is granted by identity-based policies alone"
    if kind is Kind.REGISTRY:
        scope = " of scope V1" if policies.registry_scope == "V1" else ""
        return f"a registry policy{scope} is not about {action}"
    return "the request is about no repository"


def _of_member_accounts(request: "Request", side: str, *, is_bound: bool) -> str:
    if not is_bound:
        return f"it binds no {request.caller.kind.value}"
    if request.service_linked_role:
        return "it binds no service-linked role"
    return f"the account of the {side} is the organization's management account"
