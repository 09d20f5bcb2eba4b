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
)
from ecrpolicy.tagging import TagPush

Json = dict[str, Any]


def to(destination: Destination) -> Json:
    """A registry, as the API names a destination."""
    return {"registryId": destination.registry_id, "region": destination.region}


def selected(found: Selection, outcomes: Mapping[Destination, Outcome]) -> list[Json]:
    """The destinations of a repository, in short."""
    return [{**_choice(each), "outcome": outcomes[each.destination].value} for each in found.chosen]


def replication(found: Replication) -> Json:
    """What becomes of an image at every destination, and why it does not go to others."""
    return {
        "isReplica": found.is_replica,
        "replicas": [_replica(each) for each in found.replicas],
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


def _replica(found: Replica) -> Json:
    return {
        **_choice(found.choice),
        "outcome": found.outcome.value,
        "reason": found.reason,
        "permissions": [
            {"action": each.action, "verdict": each.verdict.value, "reason": each.reason}
            for each in found.permissions
        ],
        "createsRepository": found.creates_repository,
        "template": None
        if found.new_repository is None or found.new_repository.template is None
        else found.new_repository.template.prefix,
        "tags": [tag(each) for each in found.tags],
    }


def tag(found: TagPush) -> Json:
    """What becomes of a tag."""
    return {
        "imageTag": found.tag,
        "change": found.change.name,
        "isImmutable": found.immutable,
        "exclusionFilter": found.filter,
        "takenBy": found.taken_by,
    }
