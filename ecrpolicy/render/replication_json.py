"""Where images go besides, and where they do not, as plain JSON values."""

from collections.abc import Mapping
from typing import Any

from ecrpolicy.replication import (
    Choice,
    Destination,
    NotChosen,
    Outcome,
    Replica,
    Replication,
    Selection,
    Topology,
)
from ecrpolicy.settings.unknown import knows_mutability
from ecrpolicy.snapshot import Registry
from ecrpolicy.tagging import Change, TagPush

Json = dict[str, Any]


def to(destination: Destination) -> Json:
    """A registry, as the API names a destination."""
    return {"registryId": destination.registry_id, "region": destination.region}


def selected(found: Selection, outcomes: Mapping[Destination, Outcome]) -> list[Json]:
    """The destinations of a repository, in short."""
    return [{**_choice(each), "outcome": outcomes[each.destination].value} for each in found.chosen]


def replication(found: Replication, topology: Topology) -> Json:
    """What becomes of an image at every destination, and why it does not go to others."""
    return {
        "isReplica": found.is_replica,
        "replicas": [
            _replica(each, topology.registry(each.destination), found.repository)
            for each in found.replicas
        ],
        "notChosen": [_not_chosen(each) for each in found.not_chosen],
        "notChained": [
            {"from": to(each.source), "to": to(each.destination)} for each in found.not_chained
        ],
    }


def _choice(found: Choice) -> Json:
    return {
        **to(found.destination),
        "rules": list(found.rules),
        "filters": list(found.filters),
        "deleteReplication": found.carries_deletions,
    }


def _not_chosen(found: NotChosen) -> Json:
    return {**to(found.destination), "rules": list(found.rules), "reason": found.reason}


def _replica(found: Replica, there: Registry | None, name: str) -> Json:
    """At a registry whose templates are not known, that of a new repository is not, either."""
    made = found.new_repository
    knows = there is not None and knows_mutability(there, name)
    not_known = {
        "createsRepository": found.creates_repository is None,
        "template": found.creates_repository is None or (made is not None and not knows),
    }
    return {
        **_choice(found.choice),
        "outcome": found.outcome.value,
        "reason": found.reason,
        "permissions": [
            {"action": each.action, "verdict": each.verdict.value, "reason": each.reason}
            for each in found.permissions
        ],
        "createsRepository": found.creates_repository,
        "template": None if made is None or made.template is None else made.template.prefix,
        "tags": [tag(each, knows_mutability=knows) for each in found.tags],
        "notKnown": [member for member, is_it in not_known.items() if is_it],
    }


def tag(found: TagPush, *, knows_mutability: bool) -> Json:
    """What becomes of a tag; where it is not known whether it may move, that is null."""
    hangs = found.change is Change.MOVED and not knows_mutability
    return {
        "imageTag": found.tag,
        "change": None if hangs else found.change.name,
        "isImmutable": found.immutable if knows_mutability else None,
        "exclusionFilter": found.filter,
        "takenBy": found.taken_by,
    }
