"""From a replication configuration's JSON to its model, or to everything that is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

from ecrpolicy import quotas, regions
from ecrpolicy.arn import is_account
from ecrpolicy.document.shape import (
    Problem,
    invalid_parameter,
    no_match,
    parameter_path,
    parsed,
    too_long,
    too_short,
)
from ecrpolicy.regions import partition_of
from ecrpolicy.replication.model import ReplicationConfiguration
from ecrpolicy.wording import printable

_MEMBER: Final = "replicationConfiguration"

# Amazon ECR API Reference, "RepositoryFilter", written so that it takes linear time.
_FILTER: Final = re.compile(r"(?:[a-z0-9][a-z0-9._-]*/)*[a-z0-9._-]*")
_FILTER_PATTERN: Final = "^(?:[a-z0-9]+(?:[._-][a-z0-9]*)*/)*[a-z0-9]*(?:[._-][a-z0-9]*)*$"
_REGION_PATTERN: Final = "[0-9a-z-]{2,25}"
_ACCOUNT_PATTERN: Final = "[0-9]{12}"


class _Home(NamedTuple):
    """The registry that a configuration is of, as far as it is known."""

    account: str | None
    region: str | None


def parse(
    source: str | bytes | Mapping[str, Any],
    *,
    file: str | None = None,
    account: str | None = None,
    region: str | None = None,
) -> ReplicationConfiguration:
    """Read a replication configuration, or what `describe-registry` prints.

    `account` and `region` are those of the registry that it is of: a destination can be neither
    that registry nor in another partition. Raises InvalidPolicy with every complaint, each with
    its place and what the service answers.

    >>> rule = {"destinations": [{"region": "eu-west-1", "registryId": "111122223333"}]}
    >>> parse({"rules": [rule]}).destinations[0].region
    'eu-west-1'
    """
    check = partial(problems, account=account, region=region)
    return parsed(ReplicationConfiguration, source, check, member=_MEMBER, root=_MEMBER, file=file)


def problems(
    configuration: Any, *, account: str | None = None, region: str | None = None
) -> Iterator[Problem]:
    """What a configuration has against it beyond the types of its members.

    Source: Amazon ECR User Guide, "Private image replication", "Considerations"; Amazon ECR API
    Reference, "PutReplicationConfiguration".
    """
    rules = configuration.get("rules") if isinstance(configuration, dict) else None
    if not isinstance(rules, list):
        return
    most = quotas.REPLICATION_MAX_RULES
    if len(rules) > most:
        message = f"a replication configuration has {most} rules at most, not {len(rules)}"
        advice = "join rules that have the same destinations"
        yield Problem("too-many-rules", "/rules", message, advice, too_long(_path("/rules"), most))
    yield from _number_of_destinations(rules)
    home = _Home(account, region)
    for number, rule in enumerate(rules):
        if isinstance(rule, dict):
            yield from _destinations(f"/rules/{number}/destinations", rule, home)
            yield from _filters(f"/rules/{number}/repositoryFilters", rule)


def _path(place: str) -> str:
    return parameter_path(place, _MEMBER)


def _number_of_destinations(rules: list[Any]) -> Iterator[Problem]:
    found = {
        (each.get("region"), each.get("registryId"))
        for rule in rules
        if isinstance(rule, dict) and isinstance(rule.get("destinations"), list)
        for each in rule["destinations"]
        if isinstance(each, dict) and _is_registry(each.get("registryId"), each.get("region"))
    }
    most = quotas.REPLICATION_MAX_DESTINATIONS
    if len(found) > most:
        message = f"all rules together have {most} unique destinations at most, not {len(found)}"
        text = too_long(_path("/rules"), most)
        yield Problem("too-many-destinations", "/rules", message, "leave some out", text)


def _is_registry(account: Any, region: Any) -> bool:
    """Whether the two can name a registry; what cannot may have been meant for one that is told."""
    if not isinstance(account, str) or not isinstance(region, str):
        return False
    return is_account(account) and partition_of(region) is not None


def _destinations(place: str, rule: Mapping[str, Any], home: _Home) -> Iterator[Problem]:
    destinations = rule.get("destinations")
    if not isinstance(destinations, list):
        return
    most = quotas.REPLICATION_MAX_DESTINATIONS_OF_RULE
    if len(destinations) > most:
        message = f"a rule names {most} destinations at most, not {len(destinations)}"
        text = too_long(_path(place), most)
        yield Problem("too-many-destinations", place, message, "name each once", text)
    for index, each in enumerate(destinations):
        if not isinstance(each, dict):
            continue
        at, region, account = f"{place}/{index}", each.get("region"), each.get("registryId")
        if isinstance(account, str) and not is_account(account):
            message = f"`{printable(account)[:80]}` is no account"
            text = no_match(_path(f"{at}/registryId"), _ACCOUNT_PATTERN)
            yield Problem(
                "malformed-account", f"{at}/registryId", message, "give its twelve digits", text
            )
        if isinstance(region, str):
            yield from _region(f"{at}/region", region, home)
        if (account, region) == home and None not in home:
            message = "the destination is the registry itself"
            advice = "name another Region or another account"
            yield Problem("own-registry", at, message, advice, _OWN_REGISTRY)


_OWN_REGISTRY: Final = invalid_parameter(
    _MEMBER, "Replication destination cannot be the same as the source registry"
)


def _region(place: str, region: str, home: _Home) -> Iterator[Problem]:
    partition = partition_of(region)
    if partition is None:
        malformed = re.fullmatch(_REGION_PATTERN, region) is None
        text = no_match(_path(place), _REGION_PATTERN) if malformed else None
        message = f"`{printable(region)[:80]}` is no Region that is known"
        yield Problem("unknown-region", place, message, regions.advice(region), text)
        return
    own = None if home.region is None else partition_of(home.region)
    if own not in (None, partition):
        message = f"`{region}` is in the partition `{partition}`, the registry in `{own}`"
        advice = "images are not replicated between partitions: copy them by other means"
        yield Problem("other-partition", place, message, advice)


def _filters(place: str, rule: Mapping[str, Any]) -> Iterator[Problem]:
    filters = rule.get("repositoryFilters")
    if not isinstance(filters, list):
        return
    most = quotas.REPLICATION_MAX_FILTERS
    if len(filters) > most:
        message = f"a rule has {most} filters at most, not {len(filters)}"
        text = too_long(_path(place), most)
        yield Problem("too-many-filters", place, message, "share out the rest to other rules", text)
    if not filters:
        message = "the list of filters is empty"
        advice = "leave it out for all repositories"
        yield Problem("empty-list", place, message, advice, too_short(_path(place), 1))
    for index, each in enumerate(filters):
        value = each.get("filter") if isinstance(each, dict) else None
        if isinstance(value, str):
            yield from _filter(f"{place}/{index}/filter", value)


def _filter(place: str, text: str) -> Iterator[Problem]:
    least = quotas.REPLICATION_FILTER_MIN_CHARACTERS
    most = quotas.REPLICATION_FILTER_MAX_CHARACTERS
    refusal = no_match(_path(place), _FILTER_PATTERN)
    if not least <= len(text) <= most:
        message = f"a filter has {least} to {most} characters, not {len(text)}"
        advice = "shorten it" if len(text) > most else "leave the filters out for all repositories"
        yield Problem("filter-length", place, message, advice, refusal)
    if not _FILTER.fullmatch(text):
        message = f"`{printable(text)[:80]}` can be the beginning of no repository name"
        star = " and no `*`: a filter is the beginning as it is" if "*" in text else ""
        advice = f"use lower-case letters, digits, `.`, `_`, `-` and `/`{star}"
        yield Problem("malformed-filter", place, message, advice, refusal)
