"""Whether a caller may do what it asks for: the question is put to `ecrpolicy.iam`."""

import json
import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, bindparam, func, select

from ecrpolicy import iam
from ecrpolicy.arn import Arn
from ecrpolicy.iam import Decision
from ecrpolicy.iam.request import Context
from ecrpolicy.registry.auth.authority import Known, Scope
from ecrpolicy.registry.auth.caller import Caller
from ecrpolicy.registry.auth.context import tags_in_conditions
from ecrpolicy.registry.metadata.prepared import Prepared
from ecrpolicy.registry.metadata.tables import (
    account_settings,
    registries,
    repositories,
    resource_tags,
)
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal

if TYPE_CHECKING:
    from ecrpolicy.registry.service import Service

_LOG: Final = logging.getLogger("ecrpolicy.registry.denials")

EVERY_REPOSITORY: Final = "*"
"""Stands for the repositories of an action that names none, such as `DescribeRepositories`."""

_SCOPE: Final = "REGISTRY_POLICY_SCOPE"

# Repositories have the same few tags.
_MANY: Final = 1_024


class _Held(NamedTuple):
    """What the database has that decides: of the registry, and of one repository in it."""

    registry_policy: str | None
    scope: Scope
    policy: str | None = None
    tags: Mapping[str, str] = {}


def check(
    service: "Service",
    connection: Connection,
    caller: Caller,
    place: Place,
    action: str,
    names: Sequence[str],
    context: Context,
) -> None:
    """Raise Refusal (AccessDeniedException) unless the caller may take an action on each name.

    `action` is in full, such as `ecr:PutImage`. `names` are those of repositories, whether they
    exist or not; without any, the action is about none. `EVERY_REPOSITORY` stands for all.
    """
    for name in names or (None,):
        _enforce(service, decide(service, connection, caller, place, action, name, context))


def check_pass_role(
    service: "Service", caller: Caller, role: Arn, passed_to: str, context: Context
) -> None:
    """Raise Refusal (AccessDeniedException) unless the caller may pass a role to a service.

    IAM User Guide, "Grant a user permissions to pass a role to an AWS service". A role has no
    policy that lets others pass it on, and one of another account cannot be passed.
    """
    known = service.authority.known
    keys = {**context, "iam:PassedToService": passed_to}
    request = _request(known, caller, role.account, "iam:PassRole", str(role), {}, keys)
    _enforce(service, iam.authorize(request, known.own_policies(caller)))


def _enforce(service: "Service", decision: Decision) -> None:
    if not decision.allowed:
        if service.settings.explains_denials:
            _LOG.info("%s", decision.explain().text())
        raise Refusal("AccessDeniedException", decision.reason)


def decide(
    service: "Service",
    connection: Connection,
    caller: Caller,
    place: Place,
    action: str,
    name: str | None,
    context: Context,
) -> Decision:
    """The decision of `ecrpolicy.iam` about an action on one repository, or on none."""
    known = service.authority.known
    held = _held(connection, place, name)
    policies = known.policies(caller, place.account, held.policy, held.registry_policy, held.scope)
    resource = None if name is None else place.arn_of(name)
    request = _request(known, caller, place.account, action, resource, held.tags, context)
    return iam.authorize(request, policies)


def _request(
    known: Known,
    caller: Caller,
    account: str,
    action: str,
    resource: str | None,
    tags: Mapping[str, str],
    context: Context,
) -> iam.Request:
    """What is put to the library; the account is that of the resource, and so are the tags."""
    standing = known.standing(caller)
    owner = known.identities.accounts.get(account)
    keys = {**standing.context, **context}
    if account in known.organizations:
        keys["aws:ResourceOrgID"] = known.organizations[account]
    return iam.Request(
        principal=caller.principal,
        action=action,
        resource=resource,
        context=keys,
        resource_account=account,
        role=caller.role,
        user=caller.user,
        service_linked_role=standing.identity is not None and standing.identity.is_service_linked,
        principal_in_management_account=bool(standing.account and standing.account.is_management),
        resource_in_management_account=bool(owner and owner.is_management),
        principal_tags=standing.tags,
        resource_tags=tags,
    )


def _held(connection: Connection, place: Place, name: str | None) -> _Held:
    """All in one query: a request has a tenth of its time for this."""
    asked = {
        "account": place.account,
        "region": place.region,
        "repository": name,
        "setting": _SCOPE,
    }
    registry_policy, scope, policy, tags = _QUERY.first(connection, asked)
    return _Held(registry_policy, "V1" if scope == "V1" else "V2", policy, _tags(tags))


@lru_cache(_MANY)
def _tags(text: str) -> Mapping[str, str]:
    return MappingProxyType(tags_in_conditions(json.loads(text).items()))


def _query() -> Prepared:
    def here(table: FromClause) -> tuple[ColumnElement[bool], ...]:
        is_account = table.c.account == bindparam("account")
        return is_account, table.c.region == bindparam("region")

    is_named = repositories.c.name == bindparam("repository")
    of_repository = resource_tags.c.repository_id == repositories.c.id
    tags = func.json_group_object(resource_tags.c.key, resource_tags.c.value)
    query = select(
        select(registries.c.policy).where(*here(registries)).scalar_subquery(),
        select(account_settings.c.value)
        .where(*here(account_settings), account_settings.c.name == bindparam("setting"))
        .scalar_subquery(),
        select(repositories.c.policy).where(*here(repositories), is_named).scalar_subquery(),
        select(tags).where(*here(repositories), is_named, of_repository).scalar_subquery(),
    )
    return Prepared(query)


_QUERY: Final = _query()
