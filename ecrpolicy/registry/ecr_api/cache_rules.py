"""Pull through cache rules: stored and checked. Nothing is pulled from upstream."""

from typing import Any

from ecrpolicy import caching
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.registry.ecr_api.errors import refusal_of
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation, of_registry
from ecrpolicy.registry.ecr_api.paging import not_paged, page, with_token
from ecrpolicy.registry.ecr_api.prefixed import read, stored
from ecrpolicy.registry.metadata.registries import CACHE_RULES
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal

_PREFIX = "ecrRepositoryPrefix"
_CREDENTIALS = ("credentialArn", "customRoleArn")

# "Setting up permissions for cross-account ECR to ECR PTC": whom the role must trust.
_TAKES_ROLES = "pullthroughcache.ecr.amazonaws.com"


def _create(call: Call, request: Json) -> Json:
    place = call.place
    rule = {**request, "registryId": place.account}
    with call.service.database.writing() as connection:
        others = CACHE_RULES.all(connection, place)
        _check(place, [*others, rule])
        rule = {**rule, **_upstream(rule), "createdAt": call.now, "updatedAt": call.now}
        CACHE_RULES.store(connection, place, rule[_PREFIX], stored(rule))
    return rule


def _upstream(rule: Json) -> Json:
    """The kind of the upstream registry, which its URL tells."""
    upstream = caching.upstream_of(rule["upstreamRegistryUrl"])
    return {} if upstream is None else {"upstreamRegistry": upstream.registry.value}


def _check(place: Place, rules: list[Json]) -> None:
    try:
        caching.parse_rules(rules, account=place.account, region=place.region)
    except InvalidPolicy as error:
        raise refusal_of(error, "upstreamRegistryUrl") from None


def _update(call: Call, request: Json) -> Json:
    place = call.place
    given = {name: request[name] for name in _CREDENTIALS if name in request}
    with call.service.database.writing() as connection:
        rule = _required(CACHE_RULES.find(connection, place, request[_PREFIX]), place, request)
        rule = {**rule, **given, "updatedAt": call.now}
        _check(place, [stored(rule)])
        CACHE_RULES.store(connection, place, rule[_PREFIX], stored(rule))
    return read(rule)


def _describe(call: Call, request: Json) -> Json:
    place, prefixes = call.place, request.get("ecrRepositoryPrefixes")
    with call.service.database.reading() as connection:
        if prefixes is not None:
            not_paged(request, "ecrRepositoryPrefixes")
            found = [
                _required(CACHE_RULES.find(connection, place, each), place, {_PREFIX: each})
                for each in prefixes
            ]
            return {"pullThroughCacheRules": [read(each) for each in found]}
        rules, following = page(
            call,
            "cache rules",
            request,
            lambda last, limit: CACHE_RULES.after(connection, place, last, limit),
            lambda rule: rule[_PREFIX],
        )
    return with_token({"pullThroughCacheRules": [read(each) for each in rules]}, following)


def _delete(call: Call, request: Json) -> Json:
    place = call.place
    with call.service.database.writing() as connection:
        rule = _required(CACHE_RULES.find(connection, place, request[_PREFIX]), place, request)
        CACHE_RULES.remove(connection, place, rule[_PREFIX])
    return read(rule)


def _validate(call: Call, request: Json) -> Json:
    """What needs a secret or a role cannot be tried: there are none here to be read or taken."""
    place = call.place
    with call.service.database.reading() as connection:
        rule = _required(CACHE_RULES.find(connection, place, request[_PREFIX]), place, request)
    return {**read(rule), **_tried(rule)}


def _tried(rule: Json) -> dict[str, Any]:
    needed = [name for name in _CREDENTIALS if name in rule]
    if not needed:
        return {"isValid": True}
    reason = f"this service reads no secrets and takes no roles: '{needed[0]}' cannot be tried"
    return {"isValid": False, "failure": reason}


def _required(rule: Json | None, place: Place, asked: Json) -> Json:
    if rule is None:
        raise Refusal(
            "PullThroughCacheRuleNotFoundException",
            f"The pull through cache rule with repository prefix '{asked[_PREFIX]}' does not exist "
            f"in the registry with id '{place.account}'",
        )
    return rule


OPERATIONS = (
    Operation("CreatePullThroughCacheRule", _create, of_registry, passes_to=_TAKES_ROLES),
    Operation("DescribePullThroughCacheRules", _describe, of_registry),
    Operation("UpdatePullThroughCacheRule", _update, of_registry, passes_to=_TAKES_ROLES),
    Operation("DeletePullThroughCacheRule", _delete, of_registry),
    Operation("ValidatePullThroughCacheRule", _validate, of_registry),
)
