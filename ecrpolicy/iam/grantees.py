"""Everybody who could be allowed something in a registry."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from ecrpolicy.arn import Arn, is_account
from ecrpolicy.iam.binding import IDENTITY_ONLY_ACTIONS
from ecrpolicy.iam.inquiry import Inquiry
from ecrpolicy.iam.model import StatementEffect
from ecrpolicy.iam.sides import Placed
from ecrpolicy.iam.standing import Standing


class GranteeKind(StrEnum):
    """Who can be allowed something; an account and everybody stand for many callers."""

    ROOT = "root user"
    USER = "user"
    ROLE = "role"
    SESSION = "role session"
    FEDERATED = "federated user session"
    ACCOUNT = "account"
    SERVICE = "AWS service"
    EVERYBODY = "everybody"


class Candidate(NamedTuple):
    """Somebody to ask about."""

    kind: GranteeKind
    name: str
    standing: Standing


def candidates(inquiry: Inquiry, action: str, repository: str | None) -> Iterator[Candidate]:
    """All identities that are held, and whom the resource's policies name."""
    yield from _held(inquiry)
    if action.lower() in IDENTITY_ONLY_ACTIONS:
        return
    yield Candidate(GranteeKind.EVERYBODY, "*", Standing(None, stands_for_many=True))
    held = None if repository is None else inquiry.registry.repository(repository)
    for kind, name in dict.fromkeys(_named(inquiry.of_resource(held))):
        if kind == "Service":
            yield Candidate(GranteeKind.SERVICE, name, Standing(name))
        elif kind == "AWS":
            yield from _named_identity(inquiry, name)


def _held(inquiry: Inquiry) -> Iterator[Candidate]:
    """The root user is one of each account; of the registry's own something is always known."""
    own = inquiry.registry.account
    for number, account in inquiry.identities.accounts.items():
        root = _root(inquiry, number)
        yield Candidate(GranteeKind.ROOT, root, Standing(root, account))
        for identity in account.identities.values():
            standing = Standing(identity.arn, account, identity)
            yield Candidate(GranteeKind(identity.kind.value), identity.arn, standing)
    if own not in inquiry.identities.accounts:
        root = _root(inquiry, own)
        yield Candidate(GranteeKind.ROOT, root, Standing(root))
        yield _account(inquiry, own)


def _named(placed: Iterable[Placed]) -> Iterator[tuple[str, str]]:
    """Kinds and values of all principals that Allows name."""
    for each in placed:
        for statement in each.policy.statements if each.policy else ():
            principal = statement.principal
            if (
                statement.effect is StatementEffect.ALLOW
                and principal is not None
                and not principal.is_negated
            ):
                yield from principal.values


def _named_identity(inquiry: Inquiry, name: str) -> Iterator[Candidate]:
    """Whom a policy names, where that is not one of the identities that are held."""
    arn = Arn.read(name)
    number = name if arn is None else arn.account
    if not is_account(number):
        return
    account = inquiry.identities.accounts.get(number)
    if arn is None or arn.resource == "root":
        if account is None and number != inquiry.registry.account:
            yield _account(inquiry, number)
        return
    match arn.resource.split("/"):
        case ["assumed-role", *_]:
            identity = inquiry.identities.find(name)
            if account is None or identity is not None:
                standing = Standing(name, account, identity, is_held=account is not None)
                yield Candidate(GranteeKind.SESSION, name, standing)
        case ["federated-user", *_]:
            standing = Standing(name, account, is_held=False)
            yield Candidate(GranteeKind.FEDERATED, name, standing)
        case ["user" | "role" as kind, *_] if account is None:
            yield Candidate(GranteeKind(kind), name, Standing(name, is_held=False))


def _account(inquiry: Inquiry, number: str) -> Candidate:
    """An account of which no identities are held; its root user asks for all of them."""
    standing = Standing(_root(inquiry, number), is_held=False, stands_for_many=True)
    return Candidate(GranteeKind.ACCOUNT, number, standing)


def _root(inquiry: Inquiry, number: str) -> str:
    return f"arn:{inquiry.registry.partition}:iam::{number}:root"
