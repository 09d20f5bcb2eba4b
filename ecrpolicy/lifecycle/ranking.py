"""The images of one storage class, youngest first, and which of them a rule identifies.

Tags are searched in the order of the images, so that what a rule identifies comes out ranked.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import compress
from operator import eq, not_
from typing import Final

from ecrpolicy.lifecycle.model import CountType, Selection, TagStatus
from ecrpolicy.lifecycle.reading import Reading
from ecrpolicy.lifecycle.tags import TagText, patterns
from ecrpolicy.snapshot import Image


def utc(time: datetime) -> datetime:
    """A time in UTC; one that the calendar has no room for there is the nearest that it has.

    >>> from datetime import timedelta, timezone
    >>> utc(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5)))).isoformat()
    '0001-01-01T00:00:00+00:00'
    """
    try:
        return time.astimezone(UTC)
    except OverflowError:
        return (datetime.min if time.year == 1 else datetime.max).replace(tzinfo=UTC)


def pushed_time(image: Image) -> datetime:
    """When the image was pushed, or restored from the archive; in UTC.

    Amazon ECR User Guide, "Archiving images": a restored image counts from its restoration.
    """
    return utc(image.activated_at or image.pushed_at)


def pulled_time(image: Image) -> datetime:
    """When the image was pulled, or else pushed; a restoration since then counts as a pull."""
    if image.pulled_at is None:
        return pushed_time(image)
    pulled = utc(image.pulled_at)
    return max(pulled, utc(image.activated_at)) if image.activated_at else pulled


def transitioned_time(image: Image) -> datetime | None:
    """When the image was archived; None where that is not known."""
    return utc(image.archived_at) if image.archived_at else None


TIMES: Final[dict[CountType, Callable[[Image], datetime | None]]] = {
    CountType.SINCE_IMAGE_PUSHED: pushed_time,
    CountType.SINCE_IMAGE_PULLED: pulled_time,
    CountType.SINCE_IMAGE_TRANSITIONED: transitioned_time,
}


class Ranking:
    """Images in the order of their rank: the youngest first.

    Of two that were pushed at the same instant, the one with the greater digest counts as the
    younger. Positions below are indexes into `images`.
    """

    def __init__(self, images: Sequence[Image], reading: Reading) -> None:
        times = _pushed_times(images)
        order = sorted(range(len(images)), key=times.__getitem__, reverse=True)
        ranked = [times[index] for index in order]
        _break_ties(
            order,
            ranked,
            lambda index: images[index].digest,
            greater_first=reading.greater_digest_is_younger,
        )
        self.images = [images[index] for index in order]
        self.times = ranked

    def identified(self, selection: Selection) -> Sequence[int]:
        """The positions of the images that a rule identifies, by their tags alone, ascending."""
        if selection.tag_status is TagStatus.ANY:
            return range(len(self.images))
        if selection.tag_status is TagStatus.UNTAGGED:
            return self._untagged
        first, *others = [self._tag_text.meeting(pattern) for pattern in patterns(selection)]
        for other in others:
            met = set(other)
            first = [position for position in first if position in met]
        return first

    def before(
        self, count_type: CountType, positions: Sequence[int], limit: datetime
    ) -> Sequence[int]:
        """Those of ascending positions whose time, the one that a rule looks at, is before a limit.

        An image that lacks the time is not among them.
        """
        if count_type is CountType.SINCE_IMAGE_PUSHED:
            oldest = bisect_left(self.times, True, key=lambda time: time < limit)  # noqa: FBT003
            return positions[bisect_left(positions, oldest) :]
        time_of = TIMES[count_type]
        return [
            position
            for position in positions
            if (time := time_of(self.images[position])) is not None and time < limit
        ]

    @cached_property
    def _tags(self) -> list[tuple[str, ...]]:
        return [image.tags for image in self.images]

    @cached_property
    def _untagged(self) -> list[int]:
        return list(compress(range(len(self.images)), map(not_, self._tags)))

    @cached_property
    def _tag_text(self) -> TagText:
        return TagText(self._tags)


def _pushed_times(images: Sequence[Image]) -> list[datetime]:
    try:
        # Without a call of ours for each image, which would take longer than all the rest.
        return [(image.activated_at or image.pushed_at).astimezone(UTC) for image in images]
    except OverflowError:
        return list(map(pushed_time, images))


def _break_ties(
    order: list[int],
    ranked: list[datetime],
    digest_of: Callable[[int], str],
    *,
    greater_first: bool,
) -> None:
    """Put images of one time in the order of their digests."""
    end = 0
    for start in compress(range(len(ranked)), map(eq, ranked, ranked[1:])):
        if start < end:
            continue
        end = start + 1
        while end < len(ranked) and ranked[end] == ranked[start]:
            end += 1
        order[start:end] = sorted(order[start:end], key=digest_of, reverse=greater_first)
