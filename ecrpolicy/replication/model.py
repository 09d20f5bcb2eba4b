"""Replication configurations of a registry as frozen models.

Member names are those of the API ("ReplicationConfiguration"), in snake_case.
"""

from enum import StrEnum

from pydantic import StrictBool, StrictStr

from ecrpolicy.document.wire import WireModel


class FilterType(StrEnum):
    """How a filter of a replication rule is meant."""

    PREFIX_MATCH = "PREFIX_MATCH"


class Destination(WireModel, frozen=True):
    """A registry that images are replicated to: an account's, in a Region."""

    region: StrictStr
    registry_id: StrictStr

    def __str__(self) -> str:
        return f"{self.registry_id} {self.region}"


class RepositoryFilter(WireModel, frozen=True):
    """A filter of repository names: the beginning that they have."""

    filter: StrictStr
    filter_type: FilterType


class DeleteReplication(WireModel, frozen=True):
    """Whether deletions are replicated too."""

    enabled: StrictBool


class ReplicationRule(WireModel, frozen=True):
    """Where the images of some repositories go; without filters, those of all."""

    destinations: tuple[Destination, ...]
    repository_filters: tuple[RepositoryFilter, ...] = ()
    delete_replication: DeleteReplication | None = None

    def filter_of(self, name: str) -> str | None:
        """The first filter that a repository's name meets, empty where there are none at all."""
        if not self.repository_filters:
            return ""
        met = (each.filter for each in self.repository_filters if name.startswith(each.filter))
        return next(met, None)

    @property
    def carries_deletions(self) -> bool:
        """Whether deletions are replicated too."""
        return self.delete_replication is not None and self.delete_replication.enabled


class ReplicationConfiguration(
    WireModel, frozen=True, title="Amazon ECR replication configuration"
):
    """What a registry replicates where."""

    rules: tuple[ReplicationRule, ...]

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """All destinations, each once, in the order in which they first stand."""
        found = (each for rule in self.rules for each in rule.destinations)
        return tuple(dict.fromkeys(found))
