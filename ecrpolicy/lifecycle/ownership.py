"""Which rule owns each image, and at which run it marks it; worked out once for all runs.

Tags do not change, and a storage class only where an image is archived. So the owner of an image
is known from the start, and where that is a rule about age, so is the run that marks it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ecrpolicy.lifecycle.model import Action, CountType, Rule
from ecrpolicy.lifecycle.ranking import TIMES, Ranking
from ecrpolicy.lifecycle.reading import DECIDED
from ecrpolicy.lifecycle.relations import Relations
from ecrpolicy.snapshot import Image, StorageClass

_DAY: Final = timedelta(days=1)


class Counting(NamedTuple):
    """A rule about a count: its number, how many it keeps, and what it identifies, ranked."""

    number: int
    keeps: int
    identified: Sequence[int]


def first_run(time: datetime, now: datetime) -> int:
    """The first of the daily runs from `now` on that sees what is pushed at a time.

    >>> first_run(datetime(2026, 1, 2, 1), datetime(2026, 1, 1))
    2
    """
    return max(0, -((now - time) // _DAY))


def first_run_past(time: datetime, days: int, now: datetime) -> int:
    """The first of the daily runs from `now` on at which a time is more than some days ago.

    >>> first_run_past(datetime(2026, 1, 1), 30, datetime(2026, 1, 1))
    31
    """
    return max(0, days + (time - now) // _DAY + 1)


class Ownership:
    """The rules applied to images, and to images still to come, whenever they come.

    Positions are those of one ranking of all images, youngest first, whatever their storage
    class. `owners` has the number of a rule, from 1, for each position, or 0; `archive_owners` the
    same for images that may be archived; `marked_at` the positions that rules about age mark, by
    run; `counting` the rules about counts.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        images: Sequence[Image],
        relations: Relations,
        now: datetime,
    ) -> None:
        self._rules = rules
        self._now = now
        self._ranking = Ranking(images, DECIDED)
        self.images = self._ranking.images
        subjects = relations.subjects
        self._ordinary = bytearray(image.digest not in subjects for image in self.images)
        self.owners = bytearray(len(images))
        self.archive_owners = bytearray(len(images))
        self.marked_at: defaultdict[int, list[int]] = defaultdict(list)
        self.counting: list[Counting] = []
        self._own_standard()
        if any(rule.selection.storage_class.value == StorageClass.ARCHIVE for rule in rules):
            self._own_archived()

    def is_counted(self, position: int) -> bool:
        """Whether rules about counts look at an image, while it is there and not archived."""
        is_standard = self.images[position].storage_class is StorageClass.STANDARD
        return is_standard and bool(self._ordinary[position])

    def _own_standard(self) -> None:
        looked_at = bytearray(map(self.is_counted, range(len(self.images))))
        for number, rule, identified in self._identified(StorageClass.STANDARD, looked_at):
            new = _own(self.owners, identified, number)
            if rule.selection.count_type is CountType.IMAGE_COUNT_MORE_THAN:
                counting = Counting(number, rule.selection.count_number, identified)
                self.counting.append(counting)
            else:
                self._mark(new, rule)

    def _own_archived(self) -> None:
        """Own what is in the archive, and what may come to be there."""
        archived = bytearray(
            image.storage_class is StorageClass.ARCHIVE and is_ordinary
            for image, is_ordinary in zip(self.images, self._ordinary, strict=True)
        )
        transitions = {
            number
            for number, rule in enumerate(self._rules, start=1)
            if rule.action.type is Action.TRANSITION
        }
        may_be = bytearray(map(transitions.__contains__, self.owners))
        looked_at = bytearray(map(max, archived, may_be))
        for number, rule, identified in self._identified(StorageClass.ARCHIVE, looked_at):
            new = _own(self.archive_owners, identified, number)
            self._mark([position for position in new if archived[position]], rule)
        for position in range(len(self.images)):
            if archived[position]:
                self.owners[position] = self.archive_owners[position]

    def _identified(
        self, storage_class: StorageClass, looked_at: bytearray
    ) -> Iterator[tuple[int, Rule, Sequence[int]]]:
        """The rules of a storage class, each with its number and what it identifies."""
        is_all = all(looked_at)
        for number, rule in enumerate(self._rules, start=1):
            if rule.selection.storage_class.value == storage_class.value:
                found = self._ranking.identified(rule.selection)
                yield number, rule, found if is_all else [at for at in found if looked_at[at]]

    def _mark(self, positions: Sequence[int], rule: Rule) -> None:
        """Put down for which runs a rule about age marks images."""
        time_of, days = TIMES[rule.selection.count_type], rule.selection.count_number
        for position in positions:
            if (time := time_of(self.images[position])) is not None:
                self.marked_at[first_run_past(time, days, self._now)].append(position)


def _own(owners: bytearray, identified: Sequence[int], number: int) -> list[int]:
    """Make a rule the owner of what it identifies and has none yet; that is what is returned."""
    new = [position for position in identified if not owners[position]]
    for position in new:
        owners[position] = number
    return new
