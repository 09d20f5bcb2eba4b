"""Replication configurations that the service would accept."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecrpolicy import quotas
from ecrpolicy.regions import PARTITIONS
from ecrpolicy.replication import (
    DeleteReplication,
    Destination,
    FilterType,
    ReplicationConfiguration,
    ReplicationRule,
    RepositoryFilter,
)
from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.building import built, tuples_of
from ecrpolicy.testing.strategies.options import check_home, check_number

# With as many rules as there may be, the destinations of all stay within the quota.
_DESTINATIONS_OF_RULE: Final = 2


def replication_configurations(
    *,
    account: str | None = None,
    region: str | None = None,
    accounts: SearchStrategy[str] | None = None,
    max_rules: int = 3,
) -> SearchStrategy[ReplicationConfiguration]:
    """Replication configurations, of the registry of an `account` in a `region` where given.

    Destinations are registries of `accounts`, in its partition. Shrinks to no rules at all.
    """
    check_home(account, region)
    check_number("max_rules", max_rules, most=quotas.REPLICATION_MAX_RULES)
    drawn = words.account_ids() if accounts is None else accounts
    rules = built(
        ReplicationRule,
        destinations=tuples_of(
            _destinations(account, region, drawn), least=1, most=_DESTINATIONS_OF_RULE, key=str
        ),
        repository_filters=tuples_of(_filters(), most=3),
        delete_replication=st.none() | built(DeleteReplication, enabled=st.booleans()),
    )
    return built(ReplicationConfiguration, rules=tuples_of(rules, most=max_rules))


def _destinations(
    account: str | None, region: str | None, accounts: SearchStrategy[str]
) -> SearchStrategy[Destination]:
    """The registries of the partition, but for the one replicated from."""
    partition = "aws" if region is None else PARTITIONS[region]
    found = [each for each in PARTITIONS if PARTITIONS[each] == partition]
    found.sort(key=lambda each: each != "us-west-2")

    def destination(registry_id: str, index: int) -> Destination:
        here = [each for each in found if (registry_id, each) != (account, region)]
        if not here:  # a partition of one Region has no other registry of the account
            other = f"{(int(registry_id) + 1) % 10**12:012}"
            return Destination(region=found[0], registry_id=other)
        return Destination(region=here[index % len(here)], registry_id=registry_id)

    return built(destination, accounts, st.integers(0, len(found) - 1))


def _filters() -> SearchStrategy[RepositoryFilter]:
    """Beginnings of names: whole names, those of everything below them, and parts."""
    name = words.names_up_to(40)
    starts = name | name.map(lambda text: f"{text}/") | name.map(lambda text: text[:3])
    return built(RepositoryFilter, filter=starts, filter_type=st.just(FilterType.PREFIX_MATCH))
