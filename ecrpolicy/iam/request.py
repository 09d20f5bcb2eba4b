"""A request: who wants to do what to which resource, and what else is known about it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ecrpolicy.arn import Arn, is_account
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.finding import Finding, Severity
from ecrpolicy.iam import callers
from ecrpolicy.iam.binding import binding_caller, binding_resource
from ecrpolicy.iam.callers import Caller
from ecrpolicy.iam.wording import shown

ContextValue = str | bool | int | float
Context = Mapping[str, ContextValue | Sequence[ContextValue]]

ACTION: Final = r"^[A-Za-z0-9-]+:[A-Za-z0-9._-]+$"
"""What an action is, as a regular expression that JSON Schema knows too."""

_ACTION: Final = re.compile(ACTION, re.ASCII)
_SERVICE: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)


class InvalidRequest(EcrPolicyError, ValueError):
    """What was asked is no request; `member` leads to the member that is wrong, if one is."""

    def __init__(
        self, findings: Sequence[Finding], left_out: int = 0, member: tuple[str, ...] = ()
    ) -> None:
        super().__init__(findings, left_out)
        self.member = member


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request, as it is held against policies; raises InvalidRequest where it is none.

    `principal`: the caller's ARN, a service's name, or None for an anonymous caller; a role's ARN
    stands for a session of it with an unknown name. `role` is the ARN of the role of a session,
    `user` that of the user behind a federated session, `provider` who a web or SAML session comes
    from. `context` holds the condition keys; what follows from the caller and the resource is
    filled in where it is not given ("AWS global condition context keys").

    >>> request = Request(
    ...     principal="arn:aws:iam::111122223333:user/team/bob",
    ...     action="ecr:BatchGetImage",
    ...     resource="arn:aws:ecr:us-east-1:111122223333:repository/a",
    ... )
    >>> request.values["aws:username"]
    ('bob',)
    """

    principal: str | None
    action: str
    resource: str | None = None
    context: Context = field(default_factory=dict)
    resource_account: str | None = None
    role: str | None = None
    user: str | None = None
    provider: str | None = None
    service_linked_role: bool = False
    principal_in_management_account: bool = False
    resource_in_management_account: bool = False
    principal_tags: Mapping[str, str] = field(default_factory=dict)
    resource_tags: Mapping[str, str] = field(default_factory=dict)

    caller: Caller = field(init=False, repr=False, compare=False)
    action_key: str = field(init=False, repr=False, compare=False)
    values: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    is_same_account: bool = field(init=False, repr=False, compare=False)
    binding: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.action, str) or not _ACTION.fullmatch(self.action):
            raise _invalid(f"{shown(self.action)} is no action", "write `service:Name`", "action")
        caller = _caller(self)
        resource = None if self.resource is None else _resource_arn(self.resource)
        account = _resource_account(self, resource, caller)
        action = self.action.lower()
        made: dict[str, object] = {
            "caller": caller,
            "action_key": action,
            "values": _values(self, caller, account),
            "is_same_account": caller.has_identity and caller.account == account,
            "binding": _binding(self, action, caller, resource),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)


def _binding(request: Request, action: str, caller: Caller, resource: Arn | None) -> int:
    is_service_linked = request.service_linked_role
    return binding_caller(
        caller,
        is_service_linked=is_service_linked,
        is_in_management=request.principal_in_management_account,
    ) | binding_resource(
        action,
        resource,
        is_service_linked=is_service_linked,
        is_in_management=request.resource_in_management_account,
    )


def _invalid(message: str, advice: str | None, *member: str) -> InvalidRequest:
    finding = Finding("invalid-request", Severity.ERROR, message, help=advice)
    return InvalidRequest([finding], member=member)


def _caller(request: Request) -> Caller:
    principal = request.principal
    if principal is None:
        return callers.anonymous()
    if not isinstance(principal, str) or not principal.startswith("arn:"):
        if not isinstance(principal, str) or not _SERVICE.fullmatch(principal):
            raise _invalid(
                f"{shown(principal)} is no caller",
                "give an ARN, the name of a service such as `codebuild.amazonaws.com`, or none",
                "principal",
            )
        return callers.service(principal)
    arn = _arn_of_account(principal, "principal", "caller")
    role = None if request.role is None else _role_arn(request.role)
    user = None if request.user is None else _user_arn(request.user)
    match arn.service, arn.resource.split("/"):
        case "iam", ["root"]:
            return callers.root(arn)
        case "iam", ["user", *path] if path and all(path):
            return callers.user(arn)
        case "iam", ["role", *path] if path and all(path):
            return callers.role_session(arn, None, request.provider)
        case "sts", ["assumed-role", name, session] if name and session:
            _check_role(role, arn, name)
            return callers.role_session(arn, role, request.provider)
        case "sts", ["federated-user", name] if name:
            _check_user(user, arn)
            return callers.federated_user(arn, user)
    raise _invalid(
        f"{shown(principal)} is no ARN of a caller",
        "give that of a user, a role, a session, or the account's `:root`",
        "principal",
    )


def _arn_of_account(text: str, member: str, what: str) -> Arn:
    arn = Arn.read(text) if isinstance(text, str) else None
    if arn is None or not arn.resource:
        advice = "an ARN has six parts, with colons between"
        raise _invalid(f"{shown(text)} is no ARN", advice, member)
    if not is_account(arn.account):
        message = f"{shown(arn.account)} in the ARN of the {what} is no account"
        raise _invalid(message, "give its twelve digits", member)
    return arn


def _role_arn(text: str) -> Arn:
    arn = _arn_of_account(text, "role", "role")
    if arn.service != "iam" or not arn.resource.startswith("role/"):
        raise _invalid(f"{shown(text)} is no ARN of a role", None, "role")
    return arn


def _user_arn(text: str) -> Arn:
    arn = _arn_of_account(text, "user", "user")
    if arn.service != "iam" or not arn.resource.startswith("user/"):
        raise _invalid(f"{shown(text)} is no ARN of a user", None, "user")
    return arn


def _check_role(role: Arn | None, session: Arn, name: str) -> None:
    if role is None:
        return
    named = role.resource.rpartition("/")[2]
    if not _is_same_account(role, session) or named.lower() != name.lower():
        message = f"the session {shown(str(session))} is none of the role {shown(str(role))}"
        raise _invalid(message, None, "role")


def _check_user(user: Arn | None, session: Arn) -> None:
    if user is not None and not _is_same_account(user, session):
        message = f"the session {shown(str(session))} is none of the user {shown(str(user))}"
        raise _invalid(message, None, "user")


def _is_same_account(one: Arn, other: Arn) -> bool:
    return (one.partition, one.account) == (other.partition, other.account)


def _resource_arn(text: str) -> Arn:
    arn = Arn.read(text) if isinstance(text, str) else None
    if arn is None or not (arn.partition and arn.service and arn.resource):
        raise _invalid(
            f"{shown(text)} is no ARN of a resource",
            "an ARN has six parts, with colons between; leave it out where the action has none",
            "resource",
        )
    if arn.account[:1].isdigit() and not is_account(arn.account):
        raise _invalid(
            f"{shown(arn.account)} in the ARN of the resource is no account",
            "give its twelve digits",
            "resource",
        )
    return arn


def _resource_account(request: Request, resource: Arn | None, caller: Caller) -> str | None:
    """The account that is given, else that of the ARN, else the caller's."""
    given = request.resource_account
    if given is not None:
        if not (isinstance(given, str) and is_account(given)):
            raise _invalid(
                f"{shown(given)} is no account", "give its twelve digits", "resource_account"
            )
        return given
    return (resource.account if resource else "") or caller.account


def _values(
    request: Request, caller: Caller, resource_account: str | None
) -> Mapping[str, tuple[str, ...]]:
    """What is known of each context key, in lower case: what follows from the rest, and is given.

    "AWS global condition context keys".
    """
    values = dict(caller.keys)
    if resource_account:
        values["aws:resourceaccount"] = (resource_account,)
    for tag, value in request.principal_tags.items():
        values[f"aws:principaltag/{tag.lower()}"] = (_text("principal_tags", tag, value),)
    for tag, value in request.resource_tags.items():
        text = _text("resource_tags", tag, value)
        values[f"aws:resourcetag/{tag.lower()}"] = (text,)
        values[f"ecr:resourcetag/{tag.lower()}"] = (text,)
    given: set[str] = set()
    for name, several in request.context.items():
        key = name.lower()
        if key in given:
            message = f"the context key {shown(name)} stands twice, in two spellings"
            raise _invalid(message, None, "context", name)
        given.add(key)
        texts = (several,) if isinstance(several, str) else _texts(name, several)
        # No values at all is no key.
        if texts:
            values[key] = texts
        else:
            values.pop(key, None)
    return values


def _texts(key: str, value: object) -> tuple[str, ...]:
    if isinstance(value, Sequence | frozenset | set) and not isinstance(value, bytes):
        return tuple(_text("context", key, one) for one in value)
    return (_text("context", key, value),)


def _text(member: str, key: str, value: object) -> str:
    """JSON booleans and numbers are compared as their text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        try:
            return json.dumps(value)
        except ValueError:  # an integer of thousands of digits
            message = f"the context key {shown(key)} has a number too long to read"
            raise _invalid(message, None, member, key) from None
    message = f"the context key {shown(key)} has the value {shown(value)}"
    raise _invalid(message, "give a string, or a list of strings", member, key)
