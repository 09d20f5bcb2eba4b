"""How often images are pushed, by families of tags, and pushes that go on in that way.

A snapshot tells nothing of images that are gone. What is left of a family tells its rhythm all
the same, as long as it is the newest that is left. An old image that a rule of its own keeps is
not: so the newer half of a family tells, by so many pushes since the oldest of it.
"""

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import merge
from typing import Any, Final

from ecrpolicy.lifecycle.fresh_tags import FreshTags, family_name
from ecrpolicy.lifecycle.ranking import utc
from ecrpolicy.snapshot import Image, Repository, StorageClass

MAX_PUSHED: Final = 250_000
"""More pushed images than this are not made."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Family:
    """Images that are pushed for one purpose, as far as their tags tell.

    `name` is a tag with `*` for what differs, or empty for images without a tag; `per_day` how
    many were pushed a day; `members` are the images of the snapshot that are of the family, of
    which the newest `telling` tell that.
    """

    name: str
    per_day: float
    telling: int
    members: tuple[Image, ...] = field(repr=False)

    def to_json(self) -> dict[str, Any]:
        """The family as plain JSON values."""
        return {
            "tags": self.name,
            "images": len(self.members),
            "tellingImages": self.telling,
            "pushesPerDay": self.per_day,
        }


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The families that go on to be pushed, and the seed of what is random about it."""

    families: tuple[Family, ...]
    seed: int = 1

    @classmethod
    def of(
        cls,
        repository: Repository,
        *,
        now: datetime,
        pushes_per_day: float | None = None,
        seed: int = 1,
    ) -> "Rhythm":
        """The rhythm of a repository; `pushes_per_day`: so many in all, in its proportions.

        An image is of the family of its tag with the longest name; tags without a number name no
        family, for they move. Children of indexes and referrers are pushed along with others. The
        rhythm is that of the newer half of a family, by the pushes after the oldest of it; one push
        alone has none. Raises ValueError where pushes are asked for, and there is no family.
        """
        found = _families(repository.images, utc(now))
        if pushes_per_day is None:
            return cls(found, seed)
        if not found:
            raise ValueError(
                f"`{pushes_per_day:g}` pushes a day cannot be made up: no two tags of the snapshot "
                "differ in a number alone; forecast without pushes"
            )
        total = sum(each.per_day for each in found)
        scaled = (replace(each, per_day=each.per_day * pushes_per_day / total) for each in found)
        return cls(tuple(scaled), seed)

    def pushes(self, repository: Repository, *, now: datetime, days: int) -> tuple[Image, ...]:
        """Images that are pushed in the days after `now`, at random times with this rhythm.

        Each is a copy of a random member of its family, with a digest of its own, together with
        copies of that one's children and referrers. Its tags are those of the member that have a
        number in them, with a number that goes on, or an id, that no image has yet. The same seed
        makes the same pushes. Raises ValueError for more than `MAX_PUSHED` images.
        """
        copier = _Copier(repository, self.seed)
        # Twice as many are expected: no chance leaves so few, and nobody waits for them.
        if sum(each.per_day for each in self.families) * days > 2 * MAX_PUSHED:
            raise _too_many()
        made: list[Image] = []
        families = (_times(family, utc(now), days, self.seed) for family in self.families)
        for time, member in merge(*families, key=lambda push: push[0]):
            made += copier.copies(member, time)
            if len(made) > MAX_PUSHED:
                raise _too_many()
        return tuple(made)

    def to_json(self) -> dict[str, Any]:
        """The rhythm as plain JSON values."""
        return {"seed": self.seed, "families": [each.to_json() for each in self.families]}


def _too_many() -> ValueError:
    return ValueError(
        f"more than {MAX_PUSHED:,} images would be pushed; forecast fewer days, "
        "or fewer pushes a day"
    )


def _families(images: Sequence[Image], now: datetime) -> tuple[Family, ...]:
    carried = set(_carried(images))
    members: defaultdict[str, list[Image]] = defaultdict(list)
    for image in images:
        name = _name(image)
        if name is not None and image.digest not in carried and utc(image.pushed_at) <= now:
            members[name].append(image)
    return tuple(
        _family(name, members[name], now) for name in sorted(members) if len(members[name]) > 1
    )


def _carried(images: Iterable[Image]) -> Iterator[str]:
    """The digests of what is pushed along with another image: children, and referrers."""
    present = {image.digest for image in images}
    for image in images:
        yield from (child for child in image.manifests or () if child != image.digest)
        if image.subject in present:
            yield image.digest


def _name(image: Image) -> str | None:
    if not image.tags:
        return ""
    names = [name for tag in image.tags if (name := family_name(tag)) != tag]
    return max(names, key=lambda name: (len(name), name), default=None)


def _family(name: str, members: Sequence[Image], now: datetime) -> Family:
    times = sorted((utc(image.pushed_at) for image in members), reverse=True)
    newer = times[: max(2, (len(times) + 1) // 2)]
    # Pushes within a day tell nothing of how many there are on others.
    span = max(_DAY, now - newer[-1])
    telling = sum(now - time <= span for time in times)
    return Family(name, (telling - 1) / (span / _DAY), telling, tuple(members))


def _times(family: Family, now: datetime, days: int, seed: int) -> Iterator[tuple[datetime, Image]]:
    """When members of a family are pushed anew, and which: gaps are those of a Poisson process."""
    # Nothing secret hangs on it, and the same seed must make the same pushes everywhere.
    rng = random.Random(f"{seed}/{family.name}")  # noqa: S311
    elapsed = rng.expovariate(family.per_day)
    while elapsed <= days:
        yield now + elapsed * _DAY, rng.choice(family.members)
        elapsed += rng.expovariate(family.per_day)


class _Copier:
    """Makes images that are pushed as others were, with digests of their own."""

    def __init__(self, repository: Repository, seed: int) -> None:
        self._images = {image.digest: image for image in repository.images}
        self._referrers: defaultdict[str, list[Image]] = defaultdict(list)
        for image in repository.images:
            if image.subject in self._images and image.subject != image.digest:
                self._referrers[image.subject].append(image)
        self._seed = seed
        self._copies: Counter[str] = Counter()
        self._tags = FreshTags((tag for image in repository.images for tag in image.tags), seed)

    def copies(self, member: Image, time: datetime) -> list[Image]:
        """A copy of an image, and of all that is pushed along with it."""
        self._copies[member.digest] += 1
        number = self._copies[member.digest]
        along = self._along(member)
        digests = {image.digest: self._digest(image, member, number) for image in along}
        return [self._copy(image, digests, time) for image in along]

    def _along(self, member: Image) -> list[Image]:
        """An image, its children, its referrers, and theirs, each once."""
        found = {member.digest: member}
        waiting = [member]
        while waiting:
            image = waiting.pop()
            children = (self._images.get(child) for child in image.manifests or ())
            for other in (*filter(None, children), *self._referrers.get(image.digest, ())):
                if other.digest not in found:
                    found[other.digest] = other
                    waiting.append(other)
        return list(found.values())

    def _digest(self, image: Image, member: Image, number: int) -> str:
        text = f"{self._seed}/{member.digest}/{number}/{image.digest}"
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"

    def _copy(self, image: Image, digests: dict[str, str], time: datetime) -> Image:
        known: dict[str, Any] = {}
        if image.manifests and not image.has_unknown_children:
            known["manifests"] = tuple(digests.get(child, child) for child in image.manifests)
        return replace(
            image,
            digest=digests[image.digest],
            pushed_at=time,
            tags=tuple(filter(None, map(self._tags.after, image.tags))),
            pulled_at=None,
            storage_class=StorageClass.STANDARD,
            archived_at=None,
            activated_at=None,
            subject=digests.get(image.subject or ""),
            # Some of its layers would be new; which, nobody knows.
            layers=(),
            **known,
        )
