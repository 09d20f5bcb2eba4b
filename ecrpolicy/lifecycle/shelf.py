"""The rules applied to the images of one storage class."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import compress
from typing import Final, assert_never

from ecrpolicy.lifecycle.model import CountType, Rule, Selection
from ecrpolicy.lifecycle.ranking import Ranking
from ecrpolicy.lifecycle.reading import Age, Reading
from ecrpolicy.snapshot import Image, StorageClass

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The images of one storage class, and what the rules made of each.

    `owners` and `fates` have a byte for each position of the ranking: the number of the rule
    that owns the image, and of the rule that marks it, from 1; 0 is none.
    """

    storage_class: StorageClass
    ranking: Ranking
    owners: bytearray
    fates: bytearray

    def marked(self) -> tuple[list[Image], bytes]:
        """The images that rules mark, and the number of the rule of each; older first."""
        images = list(compress(self.ranking.images, self.fates))
        images.reverse()
        return images, bytes(self.fates.translate(None, b"\0"))[::-1]


def shelve(
    images: Sequence[Image],
    storage_class: StorageClass,
    rules: Sequence[Rule],
    *,
    now: datetime,
    reading: Reading,
    children: Collection[str],
) -> Shelf:
    """Apply rules, in the order of their priority, to the images of one storage class.

    All rules are evaluated on all images; each then acts on those that it marks and that no
    earlier rule identifies. `children` are digests that a count passes over.
    """
    ranking = Ranking(images, reading)
    shelf = Shelf(storage_class, ranking, bytearray(len(images)), bytearray(len(images)))
    for number, rule in enumerate(rules, start=1):
        selection = rule.selection
        is_of_class = selection.storage_class.value == storage_class.value
        if not (is_of_class or reading.owners_cross_classes):
            continue
        identified = ranking.identified(selection)
        if is_of_class:
            counted = _counted(shelf, selection, identified, reading, children)
            for position in past_limit(ranking, selection, counted, now, reading):
                if not shelf.owners[position]:
                    shelf.fates[position] = number
        _own(shelf.owners, identified, number)
    return shelf


def _counted(
    shelf: Shelf,
    selection: Selection,
    identified: Sequence[int],
    reading: Reading,
    children: Collection[str],
) -> Sequence[int]:
    """The images that a rule ranks: all that it identifies, unless another reading says less."""
    if selection.count_type is not CountType.IMAGE_COUNT_MORE_THAN:
        return identified
    if not reading.counts_owned:
        identified = [position for position in identified if not shelf.owners[position]]
    if children:
        images = shelf.ranking.images
        identified = [at for at in identified if images[at].digest not in children]
    return identified


def past_limit(
    ranking: Ranking,
    selection: Selection,
    identified: Sequence[int],
    now: datetime,
    reading: Reading,
) -> Sequence[int]:
    """Those of the identified images that a rule marks, were no other rule there."""
    if selection.count_type is CountType.IMAGE_COUNT_MORE_THAN:
        return identified[selection.count_number :]
    limit = age_limit(now, selection.count_number, reading.age)
    return () if limit is None else ranking.before(selection.count_type, identified, limit)


def age_limit(now: datetime, days: int, age: Age = Age.STRICT) -> datetime | None:
    """The time before which an image is older than some days; None where no calendar reaches.

    >>> from datetime import UTC
    >>> age_limit(datetime(2026, 1, 31, tzinfo=UTC), 30).isoformat()
    '2026-01-01T00:00:00+00:00'
    """
    try:
        match age:
            case Age.STRICT:
                return now - days * _DAY
            case Age.INCLUSIVE:
                return now - days * _DAY + timedelta.resolution
            case Age.WHOLE_DAYS:
                return now - (days + 1) * _DAY + timedelta.resolution
            case never:
                assert_never(never)
    except OverflowError:
        return None


def _own(owners: bytearray, identified: Sequence[int], number: int) -> None:
    """Make a rule the owner of the images that it identifies and that have none yet."""
    if isinstance(identified, range):
        owners[:] = owners.replace(b"\0", bytes((number,)))
        return
    for position in identified:
        if not owners[position]:
            owners[position] = number
