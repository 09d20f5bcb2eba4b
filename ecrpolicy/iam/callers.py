"""Who calls, and by which names a policy can mean them.

IAM User Guide, "AWS JSON policy elements: Principal"; what a grant to each is worth within one
account: "Policy evaluation for requests within a single account".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ecrpolicy.arn import Arn

# What a grant by a resource policy is worth: the account's own policies must allow too (it only
# delegates); permissions boundary and session policies limit it; nothing limits it.
DELEGATES: Final = 1
LIMITED: Final = 2
UNLIMITED: Final = 4

EVERYBODY: Final = "*"

# The same few callers ask again and again.
_REMEMBERED: Final = 1_024


class CallerKind(StrEnum):
    """The kinds of callers, as messages call them."""

    ROOT = "root user"
    USER = "user"
    SESSION = "role session"
    FEDERATED = "federated user session"
    SERVICE = "AWS service"
    ANONYMOUS = "anonymous caller"


# Global condition keys, "aws:PrincipalType": the values by kind of caller; a service has none.
_PRINCIPAL_TYPES: Final = {
    CallerKind.ROOT: "Account",
    CallerKind.USER: "User",
    CallerKind.SESSION: "AssumedRole",
    CallerKind.FEDERATED: "FederatedUser",
    CallerKind.ANONYMOUS: "Anonymous",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller.

    `names` are all that a policy's Principal can call it, each with what a grant to that name is
    worth. `exempting` are groups of names: a Deny with NotPrincipal leaves the caller alone where
    it lists one name at least of each. `role` and `user` are the ARNs of the role whose session
    it is and of the user behind it, where they are known. `keys` are the condition keys that
    follow, in lower case.
    """

    kind: CallerKind
    text: str
    account: str | None
    names: Mapping[str, int]
    exempting: tuple[frozenset[str], ...]
    partition: str = ""
    role: str | None = None
    user: str | None = None
    keys: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = {key.lower(): (value,) for key, value in _keys(self)}
        object.__setattr__(self, "keys", keys)

    @property
    def has_identity(self) -> bool:
        """Services and anonymous callers are no identities of an account."""
        return self.account is not None

    @property
    def resource(self) -> str:
        """What its ARN has behind the fifth colon."""
        return self.text.split(":", 5)[-1]

    @property
    def is_root(self) -> bool:
        """Whether it is the root user of its account."""
        return self.kind is CallerKind.ROOT


def _keys(caller: Caller) -> Iterator[tuple[str, str]]:
    """What follows from a caller ("AWS global condition context keys").

    The unique ids of users and roles are not known here, so `aws:userid` of theirs is not.
    """
    kind = caller.kind
    if kind in _PRINCIPAL_TYPES:
        yield "aws:PrincipalType", _PRINCIPAL_TYPES[kind]
    if kind is not CallerKind.ANONYMOUS:
        is_service = kind is CallerKind.SERVICE
        yield "aws:PrincipalIsAWSService", "true" if is_service else "false"
    if caller.account is not None:
        yield "aws:PrincipalAccount", caller.account
        yield "aws:PrincipalArn", _principal_arn(caller)
    match kind:
        case CallerKind.ROOT:
            yield "aws:userid", f"{caller.account}"
        case CallerKind.USER:
            yield "aws:username", caller.resource.rpartition("/")[2]
        case CallerKind.FEDERATED:
            yield "aws:userid", f"{caller.account}:{caller.resource.partition('/')[2]}"
        case CallerKind.SERVICE:
            yield "aws:PrincipalServiceName", caller.text
        case CallerKind.ANONYMOUS:
            yield "aws:userid", "anonymous"


def _principal_arn(caller: Caller) -> str:
    """A session's is the ARN of its role, without a path where that is not known."""
    if caller.kind is not CallerKind.SESSION:
        return caller.text
    if caller.role is not None:
        return caller.role
    name = caller.resource.split("/")[1]
    return f"arn:{caller.partition}:iam::{caller.account}:role/{name}"


def name_of(kind: str, value: str) -> tuple[str, ...]:
    """The names that a value of a Principal element stands for.

    Names of roles know no case; their paths, and the names of users and sessions do. A role is
    named with its path and, for sessions whose role's ARN is not known, without.
    """
    if kind != "AWS":
        return (f"{kind}:{value}",)
    arn = Arn.read(value)
    if arn is None:
        return (value,)
    match arn.service, arn.resource.split("/"):
        case "iam", ["role", *_, _]:
            return (role_name(arn), pathless_role_name(arn))
        case "sts", ["assumed-role", role, session]:
            return (_session_name(arn, role, session),)
    return (value,)


def role_name(role: Arn) -> str:
    """The name of a role, with its path."""
    path, _, name = role.resource.rpartition("/")
    return str(role._replace(resource=f"{path}/{name.lower()}"))


def pathless_role_name(role: Arn) -> str:
    """The name of a role, whatever its path."""
    return _pathless_role_name(role.partition, role.account, role.resource.rpartition("/")[2])


def _pathless_role_name(partition: str, account: str, name: str) -> str:
    return f"role:{partition}:{account}:{name.lower()}"


def _session_name(session: Arn, role: str, name: str) -> str:
    return str(session._replace(resource=f"assumed-role/{role.lower()}/{name}"))


def anonymous() -> Caller:
    """A caller that nobody knows: only `*` names it."""
    return Caller(CallerKind.ANONYMOUS, "anonymous", None, {}, ())


@lru_cache(maxsize=_REMEMBERED)
def service(name: str) -> Caller:
    """An AWS service, that its own name names."""
    [key] = name_of("Service", name)
    return Caller(CallerKind.SERVICE, name, None, {key: UNLIMITED}, (frozenset((key,)),))


@lru_cache(maxsize=_REMEMBERED)
def root(arn: Arn) -> Caller:
    """The root user of an account, that the account's names name."""
    names = _account_names(arn)
    return Caller(CallerKind.ROOT, str(arn), arn.account, names, (frozenset(names),), arn.partition)


@lru_cache(maxsize=_REMEMBERED)
def user(arn: Arn) -> Caller:
    """An IAM user."""
    account, text = _account_names(arn), str(arn)
    return Caller(
        CallerKind.USER,
        text,
        arn.account,
        {**account, text: UNLIMITED},
        (frozenset(account), frozenset((text,))),
        arn.partition,
        user=text,
    )


@lru_cache(maxsize=_REMEMBERED)
def federated_user(arn: Arn, user_arn: Arn | None) -> Caller:
    """A federated user's session, with the IAM user behind it where that is known.

    What is granted to the user is granted to the session within its limits.
    """
    account, text = _account_names(arn), str(arn)
    names = {**account, text: UNLIMITED}
    groups = [frozenset(account), frozenset((text,))]
    if user_arn is not None:
        names[str(user_arn)] = LIMITED
        groups.append(frozenset((str(user_arn),)))
    return Caller(
        CallerKind.FEDERATED,
        text,
        arn.account,
        names,
        tuple(groups),
        arn.partition,
        user=None if user_arn is None else str(user_arn),
    )


@lru_cache(maxsize=_REMEMBERED)
def role_session(arn: Arn, role_arn: Arn | None, provider: str | None) -> Caller:
    """The session of a role; `arn` is the session's, or the role's where it has no known name.

    Without the role's ARN, account and name settle which role it is: a session's ARN has no path.
    """
    account = _account_names(arn)
    match arn.resource.split("/"):
        case ["assumed-role", role, name]:
            session = frozenset((_session_name(arn, role, name),))
            covering = _pathless_role_name(arn.partition, arn.account, role)
        case _:
            session, covering, role_arn = frozenset(), "", arn
    if role_arn is not None:
        covering = role_name(role_arn)
    names = {**account, covering: LIMITED, **dict.fromkeys(session, UNLIMITED)}
    if provider is not None:
        names.update(dict.fromkeys(name_of("Federated", provider), LIMITED))
    return Caller(
        CallerKind.SESSION,
        str(arn),
        arn.account,
        names,
        (frozenset(account), frozenset((covering,)), session),
        arn.partition,
        role=None if role_arn is None else str(role_arn),
    )


def _account_names(arn: Arn) -> dict[str, int]:
    root_arn = Arn(arn.partition, "iam", "", arn.account, "root")
    return {arn.account: DELEGATES, str(root_arn): DELEGATES}
