"""Short ways to write down replication configurations."""

from collections.abc import Iterable
from typing import Any

from ecrpolicy.snapshot import Registry

HOME: dict[str, Any] = {"registry": Registry("111122223333", "us-east-1")}


def configuration(*rules: Any) -> dict[str, Any]:
    """A configuration of some rules."""
    return {"rules": list(rules)}


def replicates(
    *destinations: Any, filters: Iterable[Any] = (), deletes: Any = None
) -> dict[str, Any]:
    """A rule, for all repositories unless it has filters."""
    several = [{"filter": each, "filterType": "PREFIX_MATCH"} for each in filters]
    made: dict[str, Any] = {"destinations": list(destinations)}
    if several:
        made["repositoryFilters"] = several
    if deletes is not None:
        made["deleteReplication"] = {"enabled": deletes}
    return made


def to(region: Any = "eu-west-1", account: Any = "111122223333") -> dict[str, Any]:
    """A destination, of the same account unless it says otherwise."""
    return {"region": region, "registryId": account}
