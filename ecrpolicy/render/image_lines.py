"""The scans of a repository's images and the age of its cached copies: nested lines, and JSON."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from ecrpolicy.render import registry_words as words
from ecrpolicy.render.outline import INDENT
from ecrpolicy.scanning import Circumstances, ScanState, ScanType
from ecrpolicy.settings import EffectiveSettings, ImageState, image_states
from ecrpolicy.settings.unknown import CACHE_RULES
from ecrpolicy.snapshot import Repository, StorageClass
from ecrpolicy.wording import count, instant, shortened

Json = dict[str, Any]

_LOOKS: Final = {
    True: "a pull looks there for a newer image: the last look was 24 h ago or more",
    False: "a pull does not look there: the image was imported less than 24 h ago",
}


def images(found: EffectiveSettings, at: Circumstances, rows: int | None) -> Iterator[str]:
    """Every image, or the first `rows`; then what would tell more."""
    number = len(found.repository.images)
    if not number:
        return
    yield f"images and their scans, at {instant(at.now)}:"
    is_open = False
    for each in islice(image_states(found, at), rows):
        is_open = is_open or len(each.scans) > 1
        yield from (f"{INDENT}{line}" for line in _image(each, found))
    if rows is not None and number > rows:
        yield f"{INDENT}and {count(number - rows, 'image')} more: `--all` shows them"
    if is_open and found.scanning.scan_type is ScanType.ENHANCED:
        yield from (f"{INDENT}{line}" for line in _advice(at))


def images_json(found: EffectiveSettings, at: Circumstances) -> list[Json]:
    """Every image; of its scans either what is known, or all that may be."""
    return [
        {
            "imageDigest": each.image.digest,
            "imageTags": list(each.image.tags),
            "scan": _scan_json(each.scans[0]) if len(each.scans) == 1 else None,
            "scanMayBe": [_scan_json(state) for state in each.scans if len(each.scans) > 1],
            "looksUpstream": each.looks_upstream,
            "movableTags": list(each.movable_tags),
        }
        for each in image_states(found, at)
    ]


def _image(found: ImageState, settings: EffectiveSettings) -> Iterator[str]:
    tags = f" ({', '.join(found.image.tags)})" if found.image.tags else ""
    yield f"{shortened(found.image.digest)}{tags}: {_scan(found, settings)}"
    if CACHE_RULES in settings.settings.unknown:
        yield f"{INDENT}upstream: {words.UNKNOWN}"
    elif settings.cached is not None:
        yield f"{INDENT}upstream: {_upstream(found, settings.repository)}"


def _scan(found: ImageState, settings: EffectiveSettings) -> str:
    if not found.scans:
        return words.UNKNOWN
    if len(found.scans) == 1:
        return _known(found.scans[0])
    may_be = " or ".join(dict.fromkeys(map(_status, found.scans)))
    hangs = settings.scanning.scan_type is ScanType.BASIC
    why = ": when it was last scanned is not told" if hangs else ""
    return f"{words.UNKNOWN}, {may_be}{why}"


def _known(state: ScanState) -> str:
    said = f"{_status(state)}: {state.reason}"
    if state.next_scan_at is not None:
        said += f"; the next may start at {instant(state.next_scan_at)}"
    if state.eligible_until is not None:
        said += f"; until {instant(state.eligible_until)}"
    return f"{said}; one may be started by hand" if state.may_scan else said


def _status(state: ScanState) -> str:
    return "no scan status" if state.status is None else state.status.value


def _upstream(found: ImageState, repository: Repository) -> str:
    """A look is no later than the last pull; Amazon ECR records one pull of several in a day."""
    if found.image.storage_class is StorageClass.ARCHIVE:
        return "the image is archived: a pull does not get it"
    if not found.image.tags:
        return "a pull does not look there: a digest names one image for ever"
    tags = found.movable_tags
    if not tags:
        return "a pull does not look there: the tags are immutable"
    by = "" if tags == found.image.tags else f"by {', '.join(f'`{tag}`' for tag in tags)}: "
    return f"{by}{_look(found, repository)}"


def _look(found: ImageState, repository: Repository) -> str:
    if found.looks_upstream is not None:
        return _LOOKS[found.looks_upstream]
    if repository.image_tag_mutability is None:
        return f"{words.UNKNOWN}, the tag mutability is not told"
    at = found.image.pulled_at
    if at is None:
        return f"{words.UNKNOWN}, no pull is recorded"
    return f"{words.UNKNOWN}, a pull is recorded at {instant(at)}, but when one last looked is not"


def _advice(at: Circumstances) -> Iterator[str]:
    if at.enabled_at is None:
        yield "say since when enhanced scanning is on with `--enhanced-since`"
    if at.duration is None:
        yield "say for how long images are scanned with `--scan-duration`"
    if at.enabled_at is not None and at.duration is not None:
        yield "whether Amazon Inspector counts from the last use of an image is not known"


def _scan_json(state: ScanState) -> Json:
    return {
        "status": None if state.status is None else state.status.value,
        "reason": state.reason,
        "mayScan": state.may_scan,
        "nextScanAt": None if state.next_scan_at is None else state.next_scan_at.isoformat(),
        "eligibleUntil": None if state.eligible_until is None else state.eligible_until.isoformat(),
        "serviceText": state.service_text,
    }
