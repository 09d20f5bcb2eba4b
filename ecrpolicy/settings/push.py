"""What one push sets off: the repository, the tag, the scan, the replicas, the events.

Amazon ECR User Guide, "Image tag mutability", "Image scanning", "Private image replication" and
"Amazon ECR events and EventBridge".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ecrpolicy import caching, scanning, tagging
from ecrpolicy.caching import Cached, Cause, NewRepository
from ecrpolicy.quotas import IMAGES_PER_REPOSITORY
from ecrpolicy.replication import Destination, Outcome, Replication, Topology
from ecrpolicy.scanning import EffectiveScanning, ScanFrequency, ScanType
from ecrpolicy.scanning.status import BETWEEN_BASIC_SCANS
from ecrpolicy.settings.model import Settings
from ecrpolicy.snapshot import Image, Registry, Repository, StorageClass
from ecrpolicy.tagging import Change, TagPush

_ARRIVED: Final = "the replica has arrived"
_REPEATED: Final = "`PutImage` answers `ImageAlreadyExistsException`: nothing has changed"
_RESTORED: Final = "the image is archived here: the push restores it"


class EventSource(StrEnum):
    """Who emits an event, as EventBridge names it."""

    ECR = "aws.ecr"
    INSPECTOR = "aws.inspector2"


@dataclass(frozen=True, slots=True)
class Event:
    """An event that a push leads to: its `detail-type`, who emits it, where, and on what."""

    detail_type: str
    source: EventSource
    registry: Destination
    reason: str


@dataclass(frozen=True, slots=True)
class Push:
    """What a push of an image under a tag sets off.

    `refusals` are the service's answers where it does not take the push; `allowed` is None where
    that hangs on what is not known. `created` is the repository that the push itself creates.
    A replica is not refused for a tag that is immutable and taken: it arrives without.
    `scans` is whether the push itself has the image scanned, None where that hangs on when it was
    last scanned. `changes_nothing`: the image has the tag already, so that nothing follows.
    """

    registry: Registry
    repository: str
    tag: str
    created: NewRepository | None
    tagged: TagPush | None
    scanning: EffectiveScanning | None
    cached: Cached | None
    replication: Replication | None
    events: tuple[Event, ...]
    refusals: tuple[str, ...]
    notes: tuple[str, ...] = ()
    scans: bool | None = False
    changes_nothing: bool = False

    @property
    def allowed(self) -> bool | None:
        """Whether the service takes the push."""
        if self.refusals:
            return False
        if self.replication is not None and self.replication.is_replica:
            return True
        return None if self.tagged is None else self.tagged.allowed


def push(
    settings: Settings,
    topology: Topology,
    name: str,
    tag: str,
    *,
    digest: str | None = None,
    is_replica: bool = False,
) -> Push:
    """What a push into a repository of a registry sets off.

    `topology` holds the registry, and others as far as they are known. `digest` is that of the
    image; left out, it is one that no image has. `is_replica`: the image arrives by replication.

    >>> registry = Registry("111122223333", "us-east-1", repositories=())
    >>> push(Settings.of(registry), Topology((registry,)), "web", "v1").refusals[0][:27]
    'RepositoryNotFoundException'
    """
    registry = settings.registry
    cause = Cause.REPLICATION if is_replica else Cause.CREATE_ON_PUSH
    repository, created = _repository(settings, name, cause)
    refusals = list(_refusals(registry, repository, name, tag))
    tagged = None if repository is None else tagging.push(repository, tag, digest)
    if tagged is not None and tagged.service_text is not None and not is_replica:
        refusals.append(tagged.service_text)
    cached = caching.cached(settings.cache_rules, name)
    if refusals or repository is None:
        return Push(registry, name, tag, created, tagged, None, cached, None, (), tuple(refusals))
    image = _image(repository, digest)
    is_restored = image is not None and image.storage_class is StorageClass.ARCHIVE
    if tagged is not None and tagged.change is Change.SAME and not (is_restored or is_replica):
        return Push(
            *(registry, name, tag, created, tagged, None, cached, None, (), (), (_REPEATED,)),
            changes_nothing=True,
        )
    found = scanning.evaluate(settings.scanning, repository)
    scans = _scans(found, repository, digest, registry.taken_at)
    home = Destination(region=registry.region, registry_id=registry.account)
    replicated = topology.push(home, name, tags=(tag,), digest=digest, is_replica=is_replica)
    return Push(
        registry,
        name,
        tag,
        created,
        tagged,
        found,
        cached,
        replicated,
        tuple(_events(home, found, replicated, scans=scans)),
        (),
        (*((_RESTORED,) if is_restored else ()), *_notes(repository, cached, tagged)),
        scans,
    )


def _scans(
    found: EffectiveScanning, repository: Repository, digest: str | None, now: datetime | None
) -> bool | None:
    """Whether a push has its image scanned: a basic scan is made once in 24 hours.

    `now` is when the snapshot was taken.
    """
    if found.frequency not in (ScanFrequency.SCAN_ON_PUSH, ScanFrequency.CONTINUOUS_SCAN):
        return False
    if found.scan_type is not ScanType.BASIC or digest is None:
        return True
    if repository.has_unknown_images:
        return None
    image = _image(repository, digest)
    if image is None:
        return True
    if image.scanned_at is None or now is None:
        return None
    return now - image.scanned_at >= BETWEEN_BASIC_SCANS


def _image(repository: Repository, digest: str | None) -> Image | None:
    """The image of a digest, whose hexadecimal digits may be of either case."""
    if digest is None:
        return None
    wanted = digest.lower()
    return next((each for each in repository.images if each.digest.lower() == wanted), None)


def _repository(
    settings: Settings, name: str, cause: Cause
) -> tuple[Repository | None, NewRepository | None]:
    """The repository that is pushed into, or that the push creates.

    Replication creates what is missing; a client's push does where a template is for that. What
    becomes of one that may be there is not known.
    """
    repository = settings.registry.repository(name)
    is_missing = repository is None and not settings.registry.has_unknown_repositories
    if not (is_missing and tagging.is_repository_name(name)):
        return repository, None
    created = caching.new_repository(settings.templates, name, cause)
    if created.template is None and cause is Cause.CREATE_ON_PUSH:
        return None, None
    return created.repository(), created


def _refusals(
    registry: Registry, repository: Repository | None, name: str, tag: str
) -> Iterator[str]:
    if problem := tagging.name_problem(name):
        yield problem.service_text or problem.message
    elif repository is None and not registry.has_unknown_repositories:
        yield (
            f"RepositoryNotFoundException: The repository with name '{name}' does not exist in "
            f"the registry with id '{registry.account}'"
        )
    if not tagging.is_image_tag(tag):
        yield (
            "InvalidParameterException: Invalid parameter at 'imageTag' failed to satisfy "
            "constraint: 'must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}''"
        )


def _notes(repository: Repository, cached: Cached | None, tagged: TagPush | None) -> Iterator[str]:
    # An immutable tag keeps a cache from renewing what it names.
    if cached is not None and not (tagged is not None and tagged.immutable):
        yield (
            f"the cache rule `{cached.rule.ecr_repository_prefix}` serves this name: a pull may "
            f"put an image of `{cached.upstream}` in place of the pushed one"
        )
    if len(repository.images) >= IMAGES_PER_REPOSITORY.value:
        yield (
            f"the repository holds {len(repository.images):,} images, as many as the quota of "
            f"{IMAGES_PER_REPOSITORY.value:,} has, unless that was raised"
        )


def _events(
    home: Destination,
    scanned: EffectiveScanning,
    replicated: Replication,
    *,
    scans: bool | None,
) -> Iterator[Event]:
    if replicated.is_replica:
        yield Event("ECR Replication Action", EventSource.ECR, home, _ARRIVED)
    else:
        yield Event("ECR Image Action", EventSource.ECR, home, "the push")
    if scans:
        if scanned.scan_type is ScanType.BASIC:
            yield Event("ECR Image Scan", EventSource.ECR, home, "the scan is complete")
        else:
            scan = "Inspector2 Scan"
            yield Event(scan, EventSource.INSPECTOR, home, "the first scan is complete")
            finding = "a finding is created, updated or closed"
            yield Event("Inspector2 Finding", EventSource.INSPECTOR, home, finding)
    for replica in replicated.replicas:
        if replica.outcome is Outcome.REPLICATED:
            there = replica.destination
            yield Event("ECR Replication Action", EventSource.ECR, there, _ARRIVED)
