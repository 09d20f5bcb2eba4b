"""What one push sets off, and why: nested lines."""

from collections.abc import Iterator, Sequence

from ecrpolicy.caching import NewRepository
from ecrpolicy.render import registry_words as words
from ecrpolicy.render.outline import INDENT, nested
from ecrpolicy.render.replication_lines import new_repository, replication
from ecrpolicy.render.repository_outline import cache_rule, of_one, scanning
from ecrpolicy.replication import Outcome, Replication
from ecrpolicy.scanning import EffectiveScanning, ScanFrequency
from ecrpolicy.settings import (
    Answer,
    Event,
    EventSource,
    Push,
    Settings,
    Survey,
    Unknown,
    Verdict,
    unknown,
)
from ecrpolicy.settings.unknown import (
    OF_A_PUSH,
    REPLICATION,
    TEMPLATES,
    knows_mutability,
    knows_scanning,
)
from ecrpolicy.tagging import Change, TagPush

_ARRIVES = "the image arrives by replication"
_HELD = "another image has it"
_NOTHING = "nothing follows: no scan, no replica, no event"


def pushed(found: Push, answer: Answer, survey: Survey) -> Iterator[str]:
    """The answer first; where the push is not refused, all that follows from it."""
    yield f"{answer.verdict}: {found.repository}:{found.tag} in {words.place(found.registry)}"
    yield from (f"because: {each}" for each in answer.reasons)
    if answer.verdict is not Verdict.REFUSED:
        yield from _follows(found, answer, survey)
    else:
        yield from _refused(found)
    yield from words.unknown(unknown_of(survey.settings, found.repository))


def _refused(found: Push) -> Iterator[str]:
    if found.tagged is not None and found.tagged.taken_by is not None:
        yield f"tag: {_tag(found, found.tagged)}"
        advice = "if that is the image, say so with `--digest`"
        yield f"{INDENT}`{found.tagged.taken_by}` has it; {advice}"
    yield _NOTHING


def _follows(found: Push, answer: Answer, survey: Survey) -> Iterator[str]:
    if found.created is not None:
        yield f"repository: {_created(found, found.created, answer, survey.settings)}"
    if found.tagged is not None:
        yield f"tag: {_tag(found, found.tagged)}"
    if found.changes_nothing:
        yield _NOTHING
        yield from (f"note: {note}" for note in found.notes)
        return
    if found.scanning is None or found.replication is None:
        yield f"what follows: {words.UNKNOWN}"
        return
    yield f"scan: {_scan(found, found.scanning, survey.settings)}"
    yield from nested(scanning(survey.settings, found.scanning))
    yield from _replication(found.replication, survey)
    yield from cache_rule(survey.settings, found.cached)
    yield "events:"
    for each in known_events(found, survey.settings):
        yield f"{INDENT}{each.detail_type} of {each.source} in {each.registry}: {each.reason}"
    if not knows_events(found, survey.settings):
        yield f"{INDENT}{words.UNKNOWN}: others, which hang on what is not known"
    yield from (f"note: {note}" for note in found.notes)


def unknown_of(settings: Settings, name: str) -> list[Unknown]:
    """What is not known of what a push hangs on."""
    return [each for each in unknown(of_one(settings, name)) if each.about in OF_A_PUSH]


def knows_created(found: Push, answer: Answer, settings: Settings) -> bool:
    """Whether it is known if the push creates the repository, and what that gets then."""
    registry = found.registry
    if registry.repository(found.repository) is not None or answer.verdict is Verdict.REFUSED:
        return True
    is_listed = not registry.has_unknown_repositories
    return found.created is not None and is_listed and TEMPLATES not in settings.unknown


def _created(found: Push, made: NewRepository, answer: Answer, settings: Settings) -> str:
    if knows_created(found, answer, settings):
        return f"created, from {new_repository(made)}"
    is_listed = not found.registry.has_unknown_repositories
    return f"created, from {words.UNKNOWN}" if is_listed else words.UNKNOWN


def _scan(found: Push, scanned: EffectiveScanning, settings: Settings) -> str:
    if not knows_scanning(settings, scanned):
        return words.UNKNOWN
    if found.scans is None:
        return f"{words.UNKNOWN}, when the image was last scanned is not told"
    if not found.scans and scanned.frequency is ScanFrequency.SCAN_ON_PUSH:
        return "the push starts none: the last scan was less than 24 h ago"
    return "the push starts one" if found.scans else "the push starts none"


def known_events(found: Push, settings: Settings) -> Sequence[Event]:
    """The events of a push, without those of a scan where it is not known whether there is one."""
    if found.scanning is None or knows_scanning(settings, found.scanning):
        return found.events
    return tuple(each for each in found.events if not _is_of_a_scan(each))


def knows_events(found: Push, settings: Settings) -> bool:
    """Whether all events are known: that of a scan, and those of all replicas."""
    replicated = found.replication
    if found.scanning is None or replicated is None:
        return False
    if found.scans is None or not knows_scanning(settings, found.scanning):
        return False
    return replicated.is_replica or (
        REPLICATION not in settings.unknown
        and all(each.outcome is not Outcome.UNKNOWN for each in replicated.replicas)
    )


def _is_of_a_scan(event: Event) -> bool:
    return event.source is EventSource.INSPECTOR or event.detail_type == "ECR Image Scan"


def _tag(found: Push, tagged: TagPush) -> str:
    """What becomes of the tag; a mutability that is not told is not said to be the default."""
    if not knows_mutability(found.registry, found.repository):
        change = _HELD if tagged.change is Change.MOVED else tagged.change.value
        return f"`{tagged.tag}`, mutability {words.UNKNOWN}: {change}"
    kind = "immutable" if tagged.immutable else "mutable"
    by = f", by the exclusion filter `{tagged.filter}`" if tagged.filter is not None else ""
    is_lost = tagged.change is Change.REFUSED and not found.refusals
    return f"`{tagged.tag}`, {kind}{by}: {'left out: ' if is_lost else ''}{tagged.change}"


def _replication(found: Replication, survey: Survey) -> Iterator[str]:
    if found.is_replica:
        yield f"replication: none: {_ARRIVES}, and goes no further"
    elif REPLICATION in survey.settings.unknown:
        yield f"replication: {words.UNKNOWN}"
    else:
        yield from replication(found, survey.topology)
