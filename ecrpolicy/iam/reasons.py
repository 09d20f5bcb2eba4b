"""A decision in words: the line that the service would answer with, and what is taken for granted.

IAM User Guide, "Troubleshoot access denied error messages".
"""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.arn import Arn
from ecrpolicy.iam.binding import BITS, is_repository
from ecrpolicy.iam.callers import CallerKind
from ecrpolicy.iam.decision import Decision, Effect
from ecrpolicy.iam.model import Kind
from ecrpolicy.iam.wording import printable

# What the service's messages call the types of policies, with their article.
_NAMES: Final = {
    Kind.IDENTITY: ("an", "identity-based policy"),
    Kind.BOUNDARY: ("a", "permissions boundary"),
    Kind.SESSION: ("a", "session policy"),
    Kind.SCP: ("a", "service control policy"),
    Kind.RCP: ("a", "resource control policy"),
    Kind.ENDPOINT: ("a", "VPC endpoint policy"),
    Kind.REPOSITORY: ("a", "resource-based policy"),
    Kind.REGISTRY: ("a", "resource-based policy"),
    Kind.RESOURCE: ("a", "resource-based policy"),
}


def name(kind: Kind) -> str:
    """What messages call a type of policy.

    >>> name(Kind.REPOSITORY)
    'resource-based policy'
    """
    return _NAMES[kind][1]


def reason(decision: Decision) -> str:
    """One line: who, what, on what, and which type of policy decided it."""
    request = decision.request
    action = printable(request.action)
    who = printable(request.caller.text)
    verb = "is" if decision.allowed else "is not"
    resource = printable(request.resource or "*")
    asked = f"User: {who} {verb} authorized to perform: {action} on resource: {resource}"
    return f"{asked} {_because(decision, action)}"


def _because(decision: Decision, action: str) -> str:
    kinds = decision.decided_by
    match decision.effect:
        case Effect.EXPLICIT_DENY:
            denials = dict.fromkeys(" ".join(_NAMES[kind]) for kind in kinds)
            return f"with an explicit deny in {' and '.join(denials)}"
        case Effect.ALLOW if not kinds:
            return "because it is the root user of the account"
        case Effect.ALLOW:
            grants = dict.fromkeys(" ".join(_NAMES[kind]) for kind in kinds)
            verb = "allows" if len(grants) == 1 else "allow"
            return f"because {' and '.join(grants)} {verb} the {action} action"
    lacking = kinds or (decision.missing or Kind.IDENTITY,)
    names = dict.fromkeys(f"no {name(kind)}" for kind in lacking)
    return f"because {' and '.join(names)} allows the {action} action"


def assumptions(decision: Decision) -> Iterator[str]:
    """What is not known of the policies and could turn the answer round."""
    if decision.effect is Effect.ALLOW:
        yield from _not_given_limits(decision)
    if decision.effect is not Effect.EXPLICIT_DENY:
        yield from _not_given_grants(decision)
        yield from _unknown_names(decision)


def _not_given_limits(decision: Decision) -> Iterator[str]:
    policies, binding = decision.policies, decision.request.binding
    if not policies.scps and binding & BITS[Kind.SCP]:
        yield "no service control policies were given: they are taken to allow the request"
    if not policies.rcps and binding & BITS[Kind.RCP]:
        yield "no resource control policies were given: they are taken not to deny the request"
    if policies.endpoint is None:
        yield "no VPC endpoint policy was given: the request is taken not to be limited by one"
    if policies.boundary is None and binding & BITS[Kind.BOUNDARY]:
        yield "no permissions boundary was given: the caller is taken to have none"
    if not policies.session and decision.request.caller.kind is CallerKind.SESSION:
        yield "no session policy was given: the session is taken to have none"


def _not_given_grants(decision: Decision) -> Iterator[str]:
    policies, request = decision.policies, decision.request
    if not policies.identity and request.caller.has_identity and not request.caller.is_root:
        where = "" if request.is_same_account else " in its own account"
        yield f"no identity-based policy was given: the caller is taken to have none{where}"
    kinds = {policy.kind for policy in policies.resource}
    resource = Arn.read(request.resource or "")
    if (
        resource is not None
        and is_repository(resource)
        and request.binding & BITS[Kind.REPOSITORY]
        and Kind.REPOSITORY not in kinds
    ):
        yield "no repository policy was given: the repository is taken to have none"
    if request.binding & BITS[Kind.REGISTRY] and Kind.REGISTRY not in kinds:
        yield "no registry policy was given: the registry is taken to have none"


def _unknown_names(decision: Decision) -> Iterator[str]:
    caller = decision.request.caller
    if caller.kind is CallerKind.SESSION and caller.role is None:
        yield (
            "the ARN of the session's role was not given: account and name tell which role it is, "
            "and its path is taken to fit"
        )
    if caller.kind is CallerKind.FEDERATED and caller.user is None:
        yield "the user behind the federated session was not given: no policy is taken to name it"
