"""Short ways to write down the settings of a registry, and what is wrong with them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Finding
from ecrpolicy.replication import Destination
from ecrpolicy.snapshot import Registry, Repository

Json = dict[str, Any]

HOME, OTHER = "111122223333", "444455556666"
EAST, WEST, EUROPE = "us-east-1", "us-west-2", "eu-west-1"


def scan(frequency: str, *filters: str) -> Json:
    """A scanning rule."""
    named = [{"filter": each, "filterType": "WILDCARD"} for each in filters]
    return {"scanFrequency": frequency, "repositoryFilters": named}


def basic(*rules: Json) -> Json:
    """A configuration of basic scanning."""
    return {"scanType": "BASIC", "rules": list(rules)}


def enhanced(*rules: Json) -> Json:
    """A configuration of enhanced scanning."""
    return {"scanType": "ENHANCED", "rules": list(rules)}


def place(account: str, region: str) -> Destination:
    """A registry, by its account and Region."""
    return Destination(region=region, registry_id=account)


def replicate(*destinations: tuple[str, str], filters: tuple[str, ...] = (), **more: Any) -> Json:
    """A replication rule that leads to some accounts and Regions."""
    rule: Json = {
        "destinations": [
            {"region": region, "registryId": account} for account, region in destinations
        ],
        **more,
    }
    if filters:
        rule["repositoryFilters"] = [
            {"filter": each, "filterType": "PREFIX_MATCH"} for each in filters
        ]
    return rule


def cache(prefix: str, url: str = "quay.io", **more: Any) -> Json:
    """A cache rule."""
    return {"ecrRepositoryPrefix": prefix, "upstreamRegistryUrl": url, **more}


def template(prefix: str, *causes: str, **more: Any) -> Json:
    """A template, for replication unless it says otherwise."""
    return {"prefix": prefix, "appliedFor": list(causes or ("REPLICATION",)), **more}


def registry(*repositories: str | Repository, **settings: Any) -> Registry:
    """The registry of `HOME` in `EAST`, unless it says otherwise."""
    return Registry(
        settings.pop("account", HOME),
        settings.pop("region", EAST),
        repositories=tuple(
            Repository(each, images=()) if isinstance(each, str) else each for each in repositories
        ),
        **settings,
    )


def replicating(*rules: Json, **settings: Any) -> Registry:
    """A registry with replication rules."""
    return registry(replication_configuration={"rules": list(rules)}, **settings)


def letting_in(account: str, *actions: str) -> str:
    """The text of a registry's policy that allows another account some actions."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": list(actions),
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def findings(parse: Callable[[Any], object], source: Any) -> tuple[Finding, ...]:
    """What a document has against it."""
    with pytest.raises(InvalidPolicy) as caught:
        parse(source)
    return caught.value.findings


def told(parse: Callable[[Any], object], source: Any) -> list[tuple[str, str]]:
    """Rule and pointer of each finding."""
    return [(each.rule, each.location.pointer) for each in findings(parse, source)]
