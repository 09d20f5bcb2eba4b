"""What one push sets off, as plain JSON values."""

from typing import Any

from ecrpolicy.render.push_outline import known_events, unknown_of
from ecrpolicy.render.registry_json import cache_rule, home, new_repository, not_told, scanning
from ecrpolicy.render.replication_json import replication, tag, to
from ecrpolicy.settings import Answer, Event, Push, Survey, Verdict
from ecrpolicy.settings.unknown import REPLICATION

Json = dict[str, Any]


def pushed(found: Push, answer: Answer, survey: Survey) -> Json:
    """The answer, and all that follows from it; null where nothing follows or it is not known."""
    settings = survey.settings
    tells_replication = found.replication is not None and (
        found.replication.is_replica or REPLICATION not in settings.unknown
    )
    return {
        **home(found.registry),
        "repositoryName": found.repository,
        "imageTag": found.tag,
        "allowed": None if answer.verdict is Verdict.UNKNOWN else answer.verdict is Verdict.ALLOWED,
        "reasons": list(answer.reasons),
        "createdRepository": None if found.created is None else new_repository(found.created),
        "tag": None if found.tagged is None else tag(found.tagged),
        "scanning": None if found.scanning is None else scanning(settings, found.scanning),
        "replication": replication(found.replication)
        if found.replication is not None and tells_replication
        else None,
        "cacheRule": cache_rule(settings, found.cached),
        "events": [_event(each) for each in known_events(found, settings)],
        "notes": list(found.notes),
        "unknown": [not_told(each) for each in unknown_of(settings, found.repository)],
    }


def _event(found: Event) -> Json:
    return {
        "detailType": found.detail_type,
        "source": found.source.value,
        **to(found.registry),
        "reason": found.reason,
    }
