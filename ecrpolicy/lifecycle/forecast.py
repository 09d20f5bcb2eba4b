"""What a lifecycle policy will do with a repository over the next days.

One run of the policy every 24 hours: the service runs it within 24 hours of a push or a change,
and says no more of when (Amazon ECR User Guide, "How lifecycle policies work").
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any, Final, NamedTuple

from ecrpolicy.lifecycle.evaluate import evaluate
from ecrpolicy.lifecycle.future import Departure, Future
from ecrpolicy.lifecycle.model import Action, LifecyclePolicy
from ecrpolicy.lifecycle.ownership import first_run
from ecrpolicy.lifecycle.preview import Preview
from ecrpolicy.lifecycle.ranking import utc
from ecrpolicy.lifecycle.rhythm import Rhythm
from ecrpolicy.snapshot import Image, Repository, StorageClass
from ecrpolicy.wildcard import TagPattern

MAX_DAYS: Final = 3650
_DAY: Final = timedelta(days=1)


class Kept(NamedTuple):
    """What is kept once the run of a day is over: `images` and `bytes`.

    `archived_images` and `archived_bytes` are what of it is in the archive.
    """

    day: int
    images: int
    bytes: int
    archived_images: int
    archived_bytes: int


@dataclass(frozen=True)
class Forecast:
    """What daily runs of a policy will do with a repository, that of day 0 being at `now`.

    `departures` has what goes, day by day, each day in the order of action. `pushes` are the
    images that were taken to be pushed meanwhile, `rhythm` is what they were made from. Nobody is
    taken to pull, tag, delete or restore an image.
    """

    policy: LifecyclePolicy
    repository: Repository
    now: datetime
    days: int
    departures: tuple[Departure, ...] = field(repr=False)
    pushes: tuple[Image, ...] = field(default=(), repr=False)
    rhythm: Rhythm | None = None

    def at(self, day: int) -> datetime:
        """When the run of a day is."""
        return self.now + day * _DAY

    @cached_property
    def first_runs(self) -> Mapping[str, int]:
        """The days of the first runs that see the pushed images, by digest."""
        return first_runs(self.pushes, self.now)

    @cached_property
    def by_day(self) -> Mapping[int, Sequence[Departure]]:
        """The departures of each day on which something goes."""
        found: defaultdict[int, list[Departure]] = defaultdict(list)
        for departure in self.departures:
            found[departure.day].append(departure)
        return dict(found)

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """How many images, and bytes, are kept, day by day."""
        changes = [[0, 0, 0, 0] for _ in range(self.days + 1)]
        for image in self.repository.images:
            _add(changes[0], image, 1, is_archived=image.storage_class is StorageClass.ARCHIVE)
        for image in self.pushes:
            if (day := self.first_runs[image.digest]) <= self.days:
                _add(changes[day], image, 1, is_archived=False)
        archived = {
            image.digest
            for image in self.repository.images
            if image.storage_class is StorageClass.ARCHIVE
        }
        for departure in self.departures:
            image, change = departure.image, changes[departure.day]
            _add(change, image, -1, is_archived=image.digest in archived)
            if departure.action is Action.TRANSITION:
                archived.add(image.digest)
                _add(change, image, 1, is_archived=True)
        sums = accumulate(changes, lambda one, other: list(map(sum, zip(one, other, strict=True))))
        return tuple(Kept(day, *total) for day, total in enumerate(sums))

    def first(self, pattern: str) -> Departure | None:
        """The first departure of an image with a tag that meets a pattern, None where none goes.

        It is one of the images of the repository, not of those that are taken to be pushed.
        """
        matches = TagPattern.compile(pattern).matches
        return next(
            (
                each
                for each in self.departures
                if each.image.digest not in self.first_runs and any(map(matches, each.image.tags))
            ),
            None,
        )

    @cached_property
    def staying(self) -> tuple[Image, ...]:
        """The images that no run acts on, those that are pushed meanwhile last."""
        gone = {departure.image.digest for departure in self.departures}
        everything = (*self.repository.images, *self.pushes)
        return tuple(image for image in everything if image.digest not in gone)

    def repository_on(self, day: int) -> Repository:
        """The repository as the run of a day finds it."""
        return replace(self.repository, images=self._images(day, runs_before=day))

    def kept_after(self, day: int) -> tuple[Image, ...]:
        """The images that are there once the run of a day is over."""
        return self._images(day, runs_before=day + 1)

    def _images(self, day: int, *, runs_before: int) -> tuple[Image, ...]:
        """What has been pushed by the run of a day, as the runs before another have left it."""
        images = {
            image.digest: image
            for image in (*self.repository.images, *self.pushes)
            if self.first_runs.get(image.digest, 0) <= day
        }
        for departure in self.departures:
            if departure.day >= runs_before:
                break
            digest = departure.image.digest
            if departure.action is Action.EXPIRE:
                del images[digest]
            else:
                archived_at = self.at(departure.day)
                images[digest] = archived(images[digest], archived_at)
        return tuple(images.values())

    def preview(self, day: int) -> Preview:
        """The run of a day as a preview, with everything that explains it."""
        return evaluate(self.policy, self.repository_on(day), now=self.at(day))

    def to_json(self) -> dict[str, Any]:
        """The forecast as plain JSON values."""
        return {
            "now": self.now.isoformat(),
            "days": self.days,
            "rhythm": self.rhythm.to_json() if self.rhythm else None,
            "pushedImages": len(self.pushes),
            "stayingImages": len(self.staying),
            "departures": [self.departure_json(each) for each in self.departures],
            "kept": [self._kept_json(each) for each in self.kept],
        }

    def departure_json(self, departure: Departure) -> dict[str, Any]:
        """A departure as plain JSON values, under the service's names where it has any."""
        image = departure.image
        return {
            "day": departure.day,
            "at": self.at(departure.day).isoformat(),
            "imageTags": list(image.tags),
            "imageDigest": image.digest,
            "imagePushedAt": image.pushed_at.isoformat(),
            "imageSizeInBytes": image.size_bytes,
            "action": departure.action.name,
            "appliedRulePriority": departure.rule_priority,
            "cascade": departure.cascade,
            "cannotTell": departure.cannot_tell,
            "pushedMeanwhile": image.digest in self.first_runs,
        }

    def _kept_json(self, kept: Kept) -> dict[str, Any]:
        return {
            "day": kept.day,
            "at": self.at(kept.day).isoformat(),
            "images": kept.images,
            "bytes": kept.bytes,
            "archivedImages": kept.archived_images,
            "archivedBytes": kept.archived_bytes,
        }


def forecast(
    policy: LifecyclePolicy,
    repository: Repository,
    *,
    now: datetime,
    days: int,
    pushes: Sequence[Image] = (),
    rhythm: Rhythm | None = None,
) -> Forecast:
    """What a run at `now`, and one every 24 hours for some days after, would do.

    `pushes` are images to come, each with its subject if it has one; a `rhythm` makes more of
    them. Raises ValueError where `now` has no time zone, for days outside 1 to 3650 or the
    calendar, and for too many pushes; InvalidSnapshot for pushes that cannot be beside the images.
    """
    if now.tzinfo is None:
        raise ValueError(f"`now` has no time zone: `{now.isoformat()}`")
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"a forecast is of 1 to {MAX_DAYS} days, not of `{days}`")
    now = utc(now)
    if datetime.max.replace(tzinfo=now.tzinfo) - now < days * _DAY:
        raise ValueError(f"the calendar ends before `{days}` days are over; forecast fewer")
    if rhythm is not None:
        pushes = (*pushes, *rhythm.pushes(repository, now=now, days=days))
    images = replace(repository, images=(*repository.images, *pushes)).images
    future = Future(policy.by_priority, images, arrivals=first_runs(pushes, now), now=now)
    departures = tuple(future.departures(days))
    return Forecast(policy, repository, now, days, departures, tuple(pushes), rhythm)


def first_runs(pushes: Sequence[Image], now: datetime) -> dict[str, int]:
    """The days of the first runs that see some pushed images, by digest."""
    return {image.digest: first_run(image.pushed_at, now) for image in pushes}


def archived(image: Image, at: datetime) -> Image:
    """An image after a run has archived it."""
    return replace(image, storage_class=StorageClass.ARCHIVE, archived_at=at)


def _add(change: list[int], image: Image, sign: int, *, is_archived: bool) -> None:
    change[0] += sign
    change[1] += sign * image.size_bytes
    if is_archived:
        change[2] += sign
        change[3] += sign * image.size_bytes
