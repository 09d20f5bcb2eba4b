"""One caller before one registry: the policies that apply, what is known of it, and what is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from ecrpolicy.arn import Arn
from ecrpolicy.finding import Finding, Severity
from ecrpolicy.iam import actions
from ecrpolicy.iam.binding import BITS
from ecrpolicy.iam.callers import CallerKind
from ecrpolicy.iam.identities import Account, Identities, Identity, IdentityKind, Levels
from ecrpolicy.iam.model import Kind, Policy
from ecrpolicy.iam.operations import has_request_tags
from ecrpolicy.iam.request import Context, InvalidRequest, Request
from ecrpolicy.iam.sides import IsOpen, Place, Placed
from ecrpolicy.iam.wording import shown

# A level of an organization to which nothing is attached.
_NOTHING: Final = {kind: Policy(kind, ()) for kind in (Kind.SCP, Kind.RCP)}

# There only where a service calls in somebody's name, or is the caller ("AWS global condition
# context keys").
OF_SERVICES: Final = frozenset(
    ("aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths")
)
# Follow from the caller; a caller that does not have one of them never does.
_FILLED: Final = frozenset(
    (
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalisawsservice",
        "aws:principalservicename",
        "aws:principalservicenameslist",
        "aws:principaltype",
        "aws:username",
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A caller, as far as it is known.

    `stands_for_many`: the request is made in its name, but could be anybody's behind it.
    `is_held`: the policies of its own account are known.
    """

    principal: str | None
    account: Account | None = None
    identity: Identity | None = None
    is_held: bool = True
    stands_for_many: bool = False

    @property
    def name(self) -> str:
        """What messages call it."""
        return "anonymous callers" if self.principal is None else shown(self.principal)

    @property
    def is_everybody(self) -> bool:
        """Whether it stands for any caller whatever."""
        return self.stands_for_many and self.principal is None


def standing_of(principal: str | None, identities: Identities) -> Standing:
    """What is known of a caller; raises InvalidRequest for an identity that its account has not."""
    arn = None if principal is None else Arn.read(principal)
    if principal is None or arn is None:
        return Standing(principal)
    account = identities.accounts.get(arn.account)
    if arn.resource == "root":
        return Standing(principal, account)
    identity = identities.find(principal)
    if account is None or arn.resource.startswith("federated-user/"):
        return Standing(principal, account, is_held=False)
    if identity is None:
        close = get_close_matches(principal, account.identities, n=1)
        advice = f"it has {shown(close[0])}" if close else "give its ARN as the account has it"
        message = f"the account {shown(arn.account)} has no {shown(principal)}"
        raise InvalidRequest([Finding("unknown-principal", Severity.ERROR, message, help=advice)])
    return Standing(principal, account, identity)


def request_of(
    standing: Standing,
    action: str,
    *,
    resource: str | None,
    number: str | None,
    owner: Account | None,
    context: Context,
    resource_tags: Mapping[str, str],
) -> Request:
    """The request of a caller, with what is known of it.

    `number` is the account of the resource, `owner` what is known of that account.
    """
    identity, principal = standing.identity, standing.principal
    is_session = principal is not None and ":assumed-role/" in principal
    return Request(
        principal=principal,
        action=action,
        resource=resource,
        context={**_user_id(standing), **context},
        resource_account=number,
        role=identity.arn if identity and is_session else None,
        service_linked_role=identity is not None and identity.is_service_linked,
        principal_in_management_account=bool(standing.account and standing.account.is_management),
        resource_in_management_account=bool(owner and owner.is_management),
        principal_tags=identity.tags if identity else {},
        resource_tags=resource_tags,
    )


def _user_id(standing: Standing) -> Context:
    """The unique id, that of a session with the session's name behind it."""
    identity = standing.identity
    if identity is None or identity.unique_id is None or standing.principal is None:
        return {}
    if identity.kind is IdentityKind.USER:
        return {"aws:userid": identity.unique_id}
    _, is_session, session = standing.principal.partition(":assumed-role/")
    name = session.partition("/")[2]
    return {"aws:userid": f"{identity.unique_id}:{name}"} if is_session else {}


def is_open(standing: Standing, request: Request, given: Context) -> IsOpen:
    """What tells whether the value of a context key is not known.

    Keys that are given are known, and so are those that follow from the caller and the resource;
    a key that the request cannot have is known not to be there.
    """
    known = frozenset(key.lower() for key in given)
    action = actions.find(request.action)
    patterns = None if action is None else _prefixes(action)
    has_tags = has_request_tags(given)

    def is_unknown(key: str) -> bool:
        if key in known:
            return False
        if _is_of_caller(key):
            return _is_caller_unknown(key, standing, request)
        prefix, _, name = key.partition(":")
        if key in request.values or key == "aws:resourceaccount" or name.startswith("resourcetag/"):
            return False
        if key.startswith("aws:requesttag/") or key == "aws:tagkeys":
            return not has_tags and (patterns is None or key.startswith(patterns))
        if prefix == "ecr":
            return patterns is None or key.startswith(patterns)
        if key in OF_SERVICES:
            return request.caller.kind is CallerKind.SERVICE or standing.is_everybody
        return True

    return is_unknown


def _prefixes(action: actions.Action) -> tuple[str, ...]:
    """How the condition keys of an action start; those of tags end with the tag's key."""
    return tuple(key.lower().partition("${")[0] for key in action.condition_keys)


def _is_of_caller(key: str) -> bool:
    return key.startswith("aws:principal") or key in ("aws:userid", "aws:username")


def _is_caller_unknown(key: str, standing: Standing, request: Request) -> bool:
    if standing.is_everybody:
        return True
    caller = request.caller
    if not caller.has_identity:
        return caller.kind is CallerKind.SERVICE and key == "aws:principalservicenameslist"
    if standing.stands_for_many:
        return key not in ("aws:principalaccount", "aws:principalisawsservice")
    if key in request.values or key in _FILLED:
        return False
    if key.startswith("aws:principaltag/"):
        return _has_unknown_tags(standing)
    return True


def _has_unknown_tags(standing: Standing) -> bool:
    """A user's tags are known; a session may bring its own beside those of its role."""
    if not standing.is_held:
        return True
    return standing.identity is not None and standing.identity.kind is IdentityKind.ROLE


@dataclass(frozen=True, slots=True)
class Lack:
    """A policy that is not held, by its place; what is to be said of it."""

    placed: Placed
    text: str
    settled_by: str


@dataclass(frozen=True, slots=True)
class Applying:
    """The policies that apply to a caller before a resource, and those that are lacking."""

    placed: tuple[Placed, ...]
    lacks: Mapping[int, Lack] = field(hash=False)


_DETAILS: Final = "`aws iam get-account-authorization-details`"


def of_caller(standing: Standing) -> Iterator[Placed | Lack]:
    """The caller's own policies and the limits of its account."""
    identity = standing.identity
    if identity is not None:
        for each in identity.policies:
            yield Placed(Place("identity"), each.name, each.policy)
        for missing in identity.missing:
            yield _lack("identity", missing, standing)
        if identity.boundary is not None:
            boundary = identity.boundary
            yield Placed(
                Place("boundary"), f"permissions boundary, {boundary.name}", boundary.policy
            )
        if identity.boundary_missing is not None:
            yield _lack("boundary", identity.boundary_missing, standing)
    elif not standing.is_held and standing.principal is not None:
        yield from _of_stranger(standing)
    if standing.account is not None:
        yield from _levels("scps", standing.account.scps, Kind.SCP)


def of_resource(account: Account | None) -> Iterator[Placed]:
    """The limits of the resource's account."""
    if account is not None:
        yield from _levels("rcps", account.rcps, Kind.RCP)


def _of_stranger(standing: Standing) -> Iterator[Lack]:
    arn = Arn.read(standing.principal or "")
    number = arn.account if arn else ""
    name = standing.name
    if standing.stands_for_many:
        name = f"the callers of the account {shown(number)}"
    is_federated = arn is not None and arn.resource.startswith("federated-user/")
    settled_by = f"give {_DETAILS} of the account {shown(number)}"
    if is_federated:
        settled_by = "ask about the user behind the session"
    text = f"the identity-based policies of {name} are not known"
    yield Lack(Placed(Place("identity"), "unknown policies", None), text, settled_by)
    if is_federated:
        text = f"the session policies of {name} are not known"
        yield Lack(Placed(Place("session"), "unknown session policies", None), text, settled_by)


def _lack(member: str, missing: str, standing: Standing) -> Lack:
    what = "permissions boundary" if member == "boundary" else "policy"
    if missing.startswith("group "):
        what, missing = "group", missing.removeprefix("group ")
    text = f"the {what} {shown(missing)} of {standing.name} is not in the document"
    placed = Placed(Place(member), f"{what} {shown(missing)}", None)
    return Lack(placed, text, f"give {_DETAILS} with the {what} in it")


def _levels(member: str, levels: Levels | None, kind: Kind) -> Iterator[Placed]:
    for number, level in enumerate(levels or ()):
        place = Place(member, number)
        for each in level:
            yield Placed(place, each.name, each.policy)
        if not level:
            yield Placed(place, f"level {number + 1}", _NOTHING[kind])


def applying(*several: Iterator[Placed | Lack]) -> Applying:
    """Policies in the order in which they are given."""
    placed: list[Placed] = []
    lacks: dict[int, Lack] = {}
    for policies in several:
        for each in policies:
            if isinstance(each, Lack):
                lacks[len(placed)] = each
                each = each.placed
            placed.append(each)
    return Applying(tuple(placed), lacks)


def not_given(
    standing: Standing,
    request: Request,
    resource_account: Account | None,
    *,
    has_session: bool,
    has_endpoint: bool,
) -> Iterator[tuple[str, str]]:
    """Limits that were not given, and could deny what is allowed; what would settle it."""
    binding, caller = request.binding, request.caller
    if binding & BITS[Kind.SCP] and (standing.account is None or standing.account.scps is None):
        text = f"the service control policies of the account {shown(caller.account)} were not given"
        yield f"{text}: they are taken to allow it", "give them as `ServiceControlPolicies`"
    if binding & BITS[Kind.RCP] and (resource_account is None or resource_account.rcps is None):
        number = request.values.get("aws:resourceaccount", ("",))[0]
        text = f"the resource control policies of the account {shown(number)} were not given"
        yield f"{text}: they are taken not to deny it", "give them as `ResourceControlPolicies`"
    is_service_linked = standing.identity is not None and standing.identity.is_service_linked
    if caller.kind is CallerKind.SESSION and not (has_session or is_service_linked):
        text = f"no session policy of {standing.name} was given: it is taken to have none"
        yield text, "give the policy with which the role is assumed"
    if not has_endpoint:
        text = "no VPC endpoint policy was given: the request is taken not to be limited by one"
        yield text, "give the policy of the endpoint that the request goes through"
