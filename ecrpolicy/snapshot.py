"""What policies are evaluated against: images and repositories, as frozen values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AwareDatetime, ConfigDict, Field, PlainValidator

from ecrpolicy.arn import is_account
from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.regions import partition_of

_DIGEST: Final = re.compile(r"sha256:[0-9a-fA-F]{64}")

INDEX_MEDIA_TYPES: Final = frozenset(
    (
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.index.v1+json",
    )
)

# More complaints than this help nobody.
_MAX_FINDINGS: Final = 20


class StorageClass(StrEnum):
    """Where an image is kept. `ACTIVATING`: on its way back from the archive."""

    STANDARD = "standard"
    ARCHIVE = "archive"
    ACTIVATING = "activating"


class TagMutability(StrEnum):
    """Whether tags of a repository may move to other images, by the names of the API."""

    MUTABLE = "MUTABLE"
    IMMUTABLE = "IMMUTABLE"
    MUTABLE_WITH_EXCLUSION = "MUTABLE_WITH_EXCLUSION"
    IMMUTABLE_WITH_EXCLUSION = "IMMUTABLE_WITH_EXCLUSION"


def instant(value: object) -> datetime:
    """A time in UTC, from ISO 8601 with an offset or from epoch seconds.

    Raises ValueError for a time without a zone, and for one outside the years 1 to 9999.

    >>> instant("2026-01-31T02:00:00+02:00").isoformat()
    '2026-01-31T00:00:00+00:00'
    """
    if isinstance(value, str):
        time = _from_text(value)
    elif isinstance(value, datetime):
        time = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(value)
    else:
        raise ValueError(f"`{value}` is no time; write ISO 8601 with an offset, or epoch seconds")
    if time.tzinfo is None:
        raise ValueError(f"`{value}` has no time zone; add an offset such as `+00:00`")
    try:
        return time.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"`{value}` is outside the calendar") from None


def _from_text(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        advice = "write ISO 8601 with an offset, or epoch seconds"
        raise ValueError(f"`{text}` is no time; {advice}") from None


def _from_epoch(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        raise ValueError(f"`{seconds}` is no time; epoch times are seconds") from None


def _storage_class(status: object) -> StorageClass:
    """The storage class behind `imageStatus` (Amazon ECR API Reference, "ImageDetail")."""
    try:
        return _STORAGE_CLASSES[status]
    except (KeyError, TypeError):
        known = ", ".join(f"`{name}`" for name in _STORAGE_CLASSES)
        raise ValueError(f"`{status}` is no image status; known are {known}") from None


def _completed_at(summary: object) -> datetime | None:
    """When the last scan was complete (Amazon ECR API Reference, "ImageScanFindingsSummary")."""
    if summary is None:
        return None
    if not isinstance(summary, Mapping):
        raise ValueError(f"`{summary}` is no summary of a scan; give it as the service prints it")
    told = summary.get("imageScanCompletedAt")
    return None if told is None else instant(told)


_STORAGE_CLASSES: Final[dict[object, StorageClass]] = {
    "ACTIVE": StorageClass.STANDARD,
    "ARCHIVED": StorageClass.ARCHIVE,
    "ACTIVATING": StorageClass.ACTIVATING,
}

_WIRE_NAMES: Final = {
    "digest": "imageDigest",
    "pushed_at": "imagePushedAt",
    "tags": "imageTags",
    "pulled_at": "lastRecordedPullTime",
    "storage_class": "imageStatus",
    "archived_at": "lastArchivedAt",
    "activated_at": "lastActivatedAt",
    "size_bytes": "imageSizeInBytes",
    "manifest_media_type": "imageManifestMediaType",
    "artifact_media_type": "artifactMediaType",
    "subject": "subjectManifestDigest",
    "scanned_at": "imageScanFindingsSummary",
    "repository": "repositoryName",
    "registry_id": "registryId",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of an image: its digest and its compressed size in bytes."""

    digest: str
    size_bytes: int


class _Untold(tuple[str, ...]):
    """Children of which nothing was said: an image has none, those of an index are unknown."""

    __slots__ = ()


_UNTOLD: Final = _Untold()


@dataclass(frozen=True, slots=True)
class Image:
    """One image of a repository, as `aws ecr describe-images` tells of it.

    Times carry a zone; sizes are bytes. `manifests` are the digests of an index's children, None
    where the image is an index whose children are unknown; left out, the media type tells
    whether that is so. `subject` is the digest of the image
    that this one refers to: it is then a referrer, such as a signature. `scanned_at` is when the
    last scan of it was complete, None where that is not told. `repository` and `registry_id` say
    where the image was found, and are no part of what it is.
    """

    # The members of `ImageDetail` are read under their own names; those that the library has no
    # use for (what scans have found) are passed over.
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        alias_generator=lambda member: _WIRE_NAMES.get(member, member),
        extra="ignore",
        val_temporal_unit="seconds",
    )

    digest: str
    pushed_at: AwareDatetime
    tags: tuple[str, ...] = ()
    pulled_at: AwareDatetime | None = None
    storage_class: Annotated[StorageClass, PlainValidator(_storage_class)] = StorageClass.STANDARD
    archived_at: AwareDatetime | None = None
    activated_at: AwareDatetime | None = None
    size_bytes: Annotated[int, Field(strict=True, ge=0, lt=2**63)] = 0
    manifest_media_type: str | None = None
    artifact_media_type: str | None = None
    subject: str | None = None
    manifests: tuple[str, ...] | None = _UNTOLD
    layers: tuple[Layer, ...] = ()
    scanned_at: Annotated[datetime | None, PlainValidator(_completed_at)] = None
    repository: str | None = field(default=None, compare=False, repr=False)
    registry_id: str | None = field(default=None, compare=False, repr=False)

    @staticmethod
    def wire_name(member: str) -> str:
        """What `ImageDetail` calls a member of an image."""
        return _WIRE_NAMES.get(member, member)

    @property
    def is_index(self) -> bool:
        """Whether the image is a manifest list or an image index."""
        return self.manifests is None or bool(
            self.manifests or self.manifest_media_type in INDEX_MEDIA_TYPES
        )

    @property
    def has_unknown_children(self) -> bool:
        """Whether the image is an index of which nobody told the children."""
        return self.manifests is None or (isinstance(self.manifests, _Untold) and self.is_index)


class _UntoldTags(dict[str, str]):
    """The tags of a repository of which nothing was said: none, but perhaps it has some."""

    __slots__ = ()


class _UntoldImages(tuple[Image, ...]):
    """The images of a repository of which nothing was said: none, but perhaps it has some."""

    __slots__ = ()


_UNTOLD_IMAGES: Final = _UntoldImages()

Json = Mapping[str, Any]
"""A JSON object, as the API prints it."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository and its images.

    Raises InvalidSnapshot for a digest that is none or that stands twice, for a time without a
    zone, and for an image that was found in another repository.
    `lifecycle_policy` and `policy` are the texts of its policies, `resource_tags` its own tags,
    `taken_at` when all of this was so.
    Of a `policy` that is None nothing is known, and nothing of images and tags that are left out;
    an empty text says that there is no policy, an empty mapping that there are no tags.
    `image_tag_mutability`, its exclusion filters, `scan_on_push` and `encryption_type` are the
    repository's settings, None where they are not told. `refused` names what the caller was not
    allowed to read, each with the service's answer.
    """

    name: str
    images: tuple[Image, ...] = _UNTOLD_IMAGES
    registry_id: str | None = None
    arn: str | None = None
    lifecycle_policy: str | None = None
    taken_at: datetime | None = None
    policy: str | None = None
    resource_tags: Mapping[str, str] = field(default_factory=_UntoldTags, hash=False)
    image_tag_mutability: TagMutability | None = None
    image_tag_mutability_exclusion_filters: tuple[str, ...] = ()
    scan_on_push: bool | None = None
    encryption_type: str | None = None
    refused: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not isinstance(self.images, tuple):
            object.__setattr__(self, "images", tuple(self.images))
        if not self.images:
            return
        _refuse_with(list(_faults(self)))

    @property
    def has_unknown_images(self) -> bool:
        """Whether nobody told the images of the repository."""
        return isinstance(self.images, _UntoldImages)

    @property
    def has_unknown_tags(self) -> bool:
        """Whether nobody told the tags of the repository itself."""
        return isinstance(self.resource_tags, _UntoldTags)

    def find(self, reference: str) -> tuple[Image, ...]:
        """The images that a digest, the beginning of one, or a tag names; a tag comes first."""
        tagged = tuple(image for image in self.images if reference in image.tags)
        if tagged:
            return tagged
        start = reference if reference.startswith("sha256:") else f"sha256:{reference}"
        if len(start) < len("sha256:") + 4:
            return ()
        return tuple(image for image in self.images if image.digest.startswith(start))


class _UntoldRepositories(tuple[Repository, ...]):
    """The repositories of a registry of which nothing was said: none, but perhaps it has some."""

    __slots__ = ()


_UNTOLD_REPOSITORIES: Final = _UntoldRepositories()

PolicyScope = Literal["V1", "V2"]
"""Which actions a registry's policy can be about."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The private registry of an account in a Region: its repositories and its settings.

    `partition` is that of the Region where it is left out. Of `repositories` that are left out
    nothing is known. `policy` is the text of the registry's policy, empty where it has none, None
    where that is not known; `policy_scope` is None where it is not told. The other settings are the
    API's own JSON, None where they are not known, and empty where there are none: what
    `get-registry-scanning-configuration`, `describe-registry`, `describe-pull-through-cache-rules`
    and `describe-repository-creation-templates` print of them. Raises InvalidSnapshot for an
    account that is none, for the partition of another Region, and for repositories of another
    registry or of the same name.
    """

    account: str
    region: str
    partition: str = ""
    repositories: tuple[Repository, ...] = _UNTOLD_REPOSITORIES
    policy: str | None = None
    policy_scope: PolicyScope | None = None
    scanning_configuration: Json | None = field(default=None, hash=False)
    replication_configuration: Json | None = field(default=None, hash=False)
    pull_through_cache_rules: tuple[Json, ...] | None = field(default=None, hash=False)
    repository_creation_templates: tuple[Json, ...] | None = field(default=None, hash=False)
    taken_at: datetime | None = None
    refused: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not isinstance(self.repositories, tuple):
            object.__setattr__(self, "repositories", tuple(self.repositories))
        if not self.partition:
            object.__setattr__(self, "partition", partition_of(self.region) or "aws")
        _refuse_with(list(_registry_faults(self)))

    @property
    def has_unknown_repositories(self) -> bool:
        """Whether nobody told which repositories there are.

        >>> registry = Registry("111122223333", "us-east-1")
        >>> registry.has_unknown_repositories
        True
        >>> Registry("111122223333", "us-east-1", repositories=()).has_unknown_repositories
        False
        """
        return isinstance(self.repositories, _UntoldRepositories)

    @property
    def effective_policy_scope(self) -> PolicyScope:
        """The scope of the registry's policy: V2, as new registries have it, where it is not told.

        Amazon ECR User Guide, "Private registry permissions".
        """
        return self.policy_scope or "V2"

    def repository(self, name: str) -> Repository | None:
        """The repository of a name, None where there is none, or where nobody told of one.

        >>> registry = Registry("111122223333", "us-east-1", repositories=(Repository("web"),))
        >>> registry.repository("web").name, registry.repository("api")
        ('web', None)
        """
        return next((each for each in self.repositories if each.name == name), None)

    def arn_of(self, name: str) -> str:
        """The ARN that a repository of a name has here, whether or not there is one.

        >>> Registry("111122223333", "us-east-1").arn_of("web")
        'arn:aws:ecr:us-east-1:111122223333:repository/web'
        """
        return f"arn:{self.partition}:ecr:{self.region}:{self.account}:repository/{name}"


def indexes(images: Sequence[Image]) -> list[Image]:
    """The images that are manifest lists or image indexes, in their order."""
    return [
        image
        for image in images
        if image.manifest_media_type in INDEX_MEDIA_TYPES
        or image.manifests
        or image.manifests is None
    ]


def _refuse_with(faults: Sequence[Finding]) -> None:
    """Raise InvalidSnapshot where there are any."""
    if faults:
        told = faults[:_MAX_FINDINGS]
        raise InvalidSnapshot(told, left_out=len(faults) - len(told))


def _faults(repository: Repository) -> Iterator[Finding]:
    """What makes images unfit to be evaluated; the pointer tells which image and member."""
    images = repository.images
    if {image.repository for image in images} - {None, repository.name}:
        yield from _strangers(images, "repository", repository.name)
    registries = {image.registry_id for image in images} - {None}
    if len(registries | {repository.registry_id} - {None}) > 1:
        yield from _strangers(images, "registry_id", repository.registry_id)
    digests = [image.digest for image in images]
    if len(set(digests)) < len(digests) or not all(map(_DIGEST.fullmatch, digests)):
        yield from _digest_faults(digests)
    for index, image in enumerate(images):
        if not (
            image.pushed_at.tzinfo
            and (image.pulled_at is None or image.pulled_at.tzinfo)
            and (image.archived_at is None or image.archived_at.tzinfo)
            and (image.activated_at is None or image.activated_at.tzinfo)
        ):
            yield from _time_faults(index, image)


def _strangers(images: tuple[Image, ...], member: str, expected: str | None) -> Iterator[Finding]:
    """The first image of each repository, or registry, that is not the expected one."""
    seen = {None, expected}
    for index, image in enumerate(images):
        found = getattr(image, member)
        if expected is None:
            expected = found
            seen.add(found)
        elif found not in seen:
            seen.add(found)
            kind = "repository" if member == "repository" else "registry"
            problem = f"`{image.digest}` is of the {kind} `{found}`, not of `{expected}`"
            yield _fault(index, member, problem, f"give the images of one {kind} alone")


def _digest_faults(digests: list[str]) -> Iterator[Finding]:
    seen = set[str]()
    for index, digest in enumerate(digests):
        if not _DIGEST.fullmatch(digest):
            advice = "a digest is `sha256:` and 64 hexadecimal digits"
            yield _fault(index, "digest", f"`{digest}` is no digest", advice)
        if digest in seen:
            advice = "give each image once; one image with several tags is one image"
            yield _fault(index, "digest", f"the digest `{digest}` stands twice", advice)
        seen.add(digest)


def _time_faults(index: int, image: Image) -> Iterator[Finding]:
    for name in ("pushed_at", "pulled_at", "archived_at", "activated_at"):
        time = getattr(image, name)
        if time is not None and time.tzinfo is None:
            problem = f"the time `{time.isoformat()}` of `{image.digest}` has no time zone"
            yield _fault(index, name, problem, "give times with a zone, such as UTC")


def _fault(index: int, member: str, message: str, advice: str) -> Finding:
    location = Location(pointer=f"/images/{index}/{member}")
    return Finding("invalid-snapshot", Severity.ERROR, message, location, advice)


def _registry_faults(registry: Registry) -> Iterator[Finding]:
    """What makes a registry none."""
    if not is_account(registry.account):
        message = f"`{registry.account[:80]}` is no account"
        yield _registry_fault("/account", message, "give its twelve digits")
    if not registry.region:
        yield _registry_fault("/region", "the region `` is none", "give one such as `us-east-1`")
    home = partition_of(registry.region)
    if home not in (None, registry.partition):
        message = f"`{registry.region}` is in the partition `{home}`, not in `{registry.partition}`"
        yield _registry_fault("/partition", message, "leave it out, or give the other Region")
    if registry.policy_scope not in (None, "V1", "V2"):
        message = f"`{registry.policy_scope}` is no scope of a registry policy"
        yield _registry_fault("/policy_scope", message, "write `V1` or `V2`")
    seen = set[str]()
    for index, repository in enumerate(registry.repositories):
        name, place = repository.name, f"/repositories/{index}"
        if name in seen:
            message = f"the repository `{name}` stands twice"
            yield _registry_fault(f"{place}/name", message, "give each repository once")
        seen.add(name)
        if repository.registry_id not in (None, registry.account):
            message = f"`{name}` is of the registry `{repository.registry_id}`"
            advice = f"give the repositories of `{registry.account}` alone"
            yield _registry_fault(f"{place}/registry_id", message, advice)
        if repository.arn not in (None, registry.arn_of(name)):
            message = f"`{name}` has the ARN `{repository.arn}`"
            advice = f"in this registry it would be `{registry.arn_of(name)}`"
            yield _registry_fault(f"{place}/arn", message, advice)


def _registry_fault(pointer: str, message: str, advice: str) -> Finding:
    return Finding("invalid-snapshot", Severity.ERROR, message, Location(pointer=pointer), advice)
