"""What one push sets off, as plain JSON values."""

from collections.abc import Iterator
from typing import Any

from ecrpolicy.render.push_outline import known_events, knows_created, knows_events, unknown_of
from ecrpolicy.render.registry_json import cache_rule, home, new_repository, not_told, scanning
from ecrpolicy.render.replication_json import replication, tag, to
from ecrpolicy.settings import Answer, Event, Push, Settings, Survey, Verdict
from ecrpolicy.settings.unknown import CACHE_RULES, REPLICATION, knows_mutability, knows_scanning

Json = dict[str, Any]


def pushed(found: Push, answer: Answer, survey: Survey) -> Json:
    """The answer, and all that follows from it; null where nothing follows or it is not known.

    `notKnown` tells which of these it is.
    """
    settings = survey.settings
    knows_tags = knows_mutability(found.registry, found.repository)
    hidden = set(_not_known(found, answer, settings))
    return {
        **home(found.registry),
        "repositoryName": found.repository,
        "imageTag": found.tag,
        "allowed": None if answer.verdict is Verdict.UNKNOWN else answer.verdict is Verdict.ALLOWED,
        "reasons": list(answer.reasons),
        "createdRepository": None
        if found.created is None or "createdRepository" in hidden
        else new_repository(found.created),
        "tag": None if found.tagged is None else tag(found.tagged, knows_mutability=knows_tags),
        "scanning": None if found.scanning is None else scanning(settings, found.scanning),
        "replication": None
        if found.replication is None or "replication" in hidden
        else replication(found.replication, survey.topology),
        "cacheRule": cache_rule(settings, found.cached),
        "events": [_event(each) for each in known_events(found, settings)],
        "notes": list(found.notes),
        "notKnown": list(_not_known(found, answer, settings)),
        "unknown": [not_told(each) for each in unknown_of(settings, found.repository)],
    }


def _not_known(found: Push, answer: Answer, settings: Settings) -> Iterator[str]:
    """The members that are null, or lists that lack something, because that is not known."""
    if answer.verdict is Verdict.UNKNOWN:
        yield "allowed"
    if not knows_created(found, answer, settings):
        yield "createdRepository"
    follows = answer.verdict is not Verdict.REFUSED and not found.changes_nothing
    if follows and found.tagged is None:
        yield "tag"
    if follows and (found.scanning is None or not knows_scanning(settings, found.scanning)):
        yield "scanning"
    if follows and (
        found.replication is None
        or (not found.replication.is_replica and REPLICATION in settings.unknown)
    ):
        yield "replication"
    if CACHE_RULES in settings.unknown:
        yield "cacheRule"
    if follows and not knows_events(found, settings):
        yield "events"


def _event(found: Event) -> Json:
    return {
        "detailType": found.detail_type,
        "source": found.source.value,
        **to(found.registry),
        "reason": found.reason,
    }
