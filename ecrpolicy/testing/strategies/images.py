"""Images and repositories, with all that can stand in one."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecrpolicy.snapshot import Image, Repository, StorageClass
from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.building import built, one_of_many
from ecrpolicy.testing.strategies.options import (
    NOW,
    check_now,
    check_number,
    check_order,
    check_some,
)

_MANIFESTS: Final = (
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
_INDEXES: Final = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
_SIGNATURE: Final = "application/vnd.dev.cosign.artifact.sig.v1+json"
_ABSENT: Final = f"sha256:{'e' * 64}"

# Ages are few days most often, or about the 90 that archived images stay at least; exactly whole
# days, as limits of rules are, or a little beside. What is simplest comes first.
_FEW: Final = tuple(range(8))
_DAYS: Final = (*_FEW, 14, 30, 60, 88, 89, 90, 91, 92, 120, 365, 400)
_BESIDE: Final = tuple(timedelta(microseconds=amount) for amount in (1, -1, 10**6, 36 * 10**8))

# What is the size and the media type of an image.
_KINDS: Final = tuple(
    (size, media_type) for media_type in (None, *_MANIFESTS) for size in (0, 1, 1000, 5 * 10**8)
)

# What an image refers to, by numbers of images before it: its children, or its subject.
_Relation = tuple[str, Sequence[int]]


def images(
    *,
    now: datetime = NOW,
    tags: SearchStrategy[str] | None = None,
    max_tags: int = 3,
    max_age_days: int = 400,
    storage_classes: Collection[StorageClass] = tuple(StorageClass),
) -> SearchStrategy[Image]:
    """Images that refer to no others, pushed at `now` or up to `max_age_days` before.

    Pushed, then perhaps pulled, archived, restored, each before `now` and in that order. Shrinks
    to the digest of zeros, no tags, pushed at `now`.
    """
    check_now(now)
    check_number("max_tags", max_tags)
    check_number("max_age_days", max_age_days, most=100_000)
    check_some("storage_classes", storage_classes)
    chosen = words.tags() if tags is None else tags
    classes = [each for each in StorageClass if each in storage_classes]
    # Every draw is one that Hypothesis tries to leave out: an image is few of them.
    days = [each for each in _DAYS if each <= max_age_days]
    since = (*(each for each in _FEW if each <= max_age_days), *days)
    return built(
        partial(_image, now),
        words.digests(),
        one_of_many(_ages(days)),
        st.lists(chosen, max_size=max_tags, unique=True),
        pulled=one_of_many((None, *since, *since[:3])),
        storage_class=one_of_many((*classes[:1] * 3, *classes)),
        archived=one_of_many((*[None] * len(since), *since)),
        activated=one_of_many(since),
        kind=one_of_many(_KINDS),
    )


def _image(
    now: datetime,
    digest: str,
    age: timedelta,
    tags: list[str],
    *,
    pulled: int | None,
    storage_class: StorageClass,
    archived: int | None,
    activated: int,
    kind: tuple[int, str | None],
) -> Image:
    """An image of some age; what became of it since is given in days, each after the last."""

    def after(time: datetime, days: int) -> datetime:
        return time + timedelta(days=min(days, (now - time).days))

    pushed_at = now - age
    archived_at = activated_at = None
    if storage_class is not StorageClass.STANDARD:
        archived_at = after(pushed_at, archived or 0)
    elif archived is not None:
        archived_at = after(pushed_at, archived)
        activated_at = after(archived_at, activated)
    return Image(
        digest,
        pushed_at,
        tags=tuple(tags),
        pulled_at=None if pulled is None else after(pushed_at, pulled),
        storage_class=storage_class,
        archived_at=archived_at,
        activated_at=activated_at,
        size_bytes=kind[0],
        manifest_media_type=kind[1],
    )


def _ages(days: Sequence[int]) -> list[timedelta]:
    """Ages of whole days, then ages beside them."""
    whole = [timedelta(days=each) for each in days]
    beside = [
        each + shift for shift in _BESIDE for each in whole[:-1] if each + shift > timedelta()
    ]
    return [*whole, *whole[:8] * 4, *beside]


def repositories(
    *,
    now: datetime = NOW,
    names: SearchStrategy[str] | None = None,
    tags: SearchStrategy[str] | None = None,
    min_images: int = 0,
    max_images: int = 8,
    max_age_days: int = 400,
    storage_classes: Collection[StorageClass] = tuple(StorageClass),
    relations: bool = True,
    known_children: bool = True,
) -> SearchStrategy[Repository]:
    """Repositories and their images: each tag once, some pushed at one instant.

    With `relations`, indexes with children and referrers with subjects are among them, without
    circles; a subject may be gone. Without `known_children`, the children of some indexes are
    not known. Shrinks to `web` without images.
    """
    check_number("min_images", min_images)
    check_number("max_images", max_images)
    check_order("min_images", min_images, "max_images", max_images)
    drawn = images(now=now, tags=tags, max_age_days=max_age_days, storage_classes=storage_classes)
    related = st.tuples(drawn, _relations(max_images) if relations else st.none())
    several = st.lists(
        related, min_size=min_images, max_size=max_images, unique_by=lambda each: each[0].digest
    )
    return built(
        lambda name, found, unknown: Repository(name, _together(found, unknown)),
        words.repository_names() if names is None else names,
        several,
        st.just(False) if known_children else st.booleans(),  # noqa: FBT003
    )


def _relations(max_images: int) -> SearchStrategy[_Relation | None]:
    numbers = st.integers(0, max(max_images, 1))
    children = st.lists(numbers, max_size=3).map(lambda found: ("children", found))
    subjects = numbers.map(lambda found: ("subject", [found]))
    return st.none() | st.none() | children | subjects


def _together(drawn: Sequence[tuple[Image, _Relation | None]], unknown: bool) -> tuple[Image, ...]:  # noqa: FBT001
    """The images, each tag left to the first that has it, referring to images before them."""
    taken: set[str] = set()
    before: list[str] = []
    made: list[Image] = []
    for image, relation in drawn:
        members: dict[str, Any] = {"tags": tuple(tag for tag in image.tags if tag not in taken)}
        if relation is not None:
            members |= _related(*relation, before, is_unknown=unknown)
        made.append(replace(image, **members))
        taken.update(image.tags)
        before.append(image.digest)
    return tuple(made)


def _related(
    kind: str, numbers: Sequence[int], before: Sequence[str], *, is_unknown: bool
) -> dict[str, Any]:
    found = dict.fromkeys(before[number] for number in numbers if number < len(before))
    if kind == "subject":
        subject = next(iter(found), _ABSENT)
        return {"subject": subject, "artifact_media_type": _SIGNATURE}
    # Which of the two media types an index has does not matter, but both must come about.
    media_type = _INDEXES[len(numbers) % 2]
    children = None if is_unknown and len(found) != 1 else tuple(found)
    return {"manifest_media_type": media_type, "manifests": children}
