"""What goes, run after run, without evaluating the policy at every run.

A rule about age marks an image at a run that is known from the start. A rule about a count marks
more than before only where images have come, and what an index holds may go once the index has:
at these runs, counts are looked at anew. At all others, what was put down for them is all there is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from ecrpolicy.lifecycle.model import Action, Rule
from ecrpolicy.lifecycle.ownership import Ownership
from ecrpolicy.lifecycle.relations import Relations
from ecrpolicy.snapshot import Image, StorageClass


class Departure(NamedTuple):
    """What happens to an image, and at which run: that of day 0 is the first.

    `cascade` and `cannot_tell` are those of a preview's result. An image that is archived may
    have a second departure, from the archive.
    """

    day: int
    image: Image
    action: Action
    rule_priority: int
    cascade: bool = False
    cannot_tell: bool = False


class _Taken(NamedTuple):
    """An image that goes: its position, that of the image that takes it along, the rule's number.

    They sort as they go: older images first are greater positions first.
    """

    position: int
    root: int
    number: int


class Future:
    """The images of a repository, and those still to come, from one daily run to the next."""

    def __init__(
        self,
        rules: Sequence[Rule],
        images: Sequence[Image],
        *,
        arrivals: Mapping[str, int],
        now: datetime,
    ) -> None:
        """Stand before the first run.

        `arrivals` leads from the digests of images that are not there yet to their first runs.
        """
        self._rules = rules
        self._relations = Relations(images)
        self._ownership = Ownership(rules, images, self._relations, now)
        self._images = self._ownership.images
        self._owners = self._ownership.owners
        self._positions: dict[str, int] = {}
        if not self._relations.are_none:
            self._positions = {image.digest: at for at, image in enumerate(self._images)}
        # What rules about counts count at the present run.
        self._counted = bytearray(len(images))
        # Positions of standing indexes, with those of their children; how often each is held.
        self._holding: dict[int, list[int]] = {}
        self._held: Counter[int] = Counter()
        self._unknown: set[str] = set()
        self._arriving: defaultdict[int, list[int]] = defaultdict(list)
        for position, image in enumerate(self._images):
            self._arriving[arrivals.get(image.digest, 0)].append(position)
        # What rules about age have marked, and indexes hold.
        self._waiting: list[int] = []
        self._is_unsettled = True

    def departures(self, days: int) -> Iterator[Departure]:
        """What goes in the runs of the days from 0 on, in the order in which it goes."""
        for day in range(days + 1):
            if day in self._arriving:
                self._arrive(self._arriving.pop(day))
            due = self._ownership.marked_at.pop(day, [])
            counted: list[int] = []
            if self._is_unsettled:
                due += self._waiting
                counted += self._past_counts()
                self._waiting = []
                self._is_unsettled = False
            if due or counted:
                yield from self._act(day, due, counted)

    def _arrive(self, positions: Sequence[int]) -> None:
        for position in positions:
            self._counted[position] = self._ownership.is_counted(position)
        if self._positions:
            for position in positions:
                self._hold(position)
        self._is_unsettled = True

    def _hold(self, position: int) -> None:
        """Put down whom an image holds: an index does, while it is not archived."""
        index = self._images[position]
        if not index.is_index or index.storage_class is StorageClass.ARCHIVE:
            return
        children = [
            self._positions[child]
            for child in dict.fromkeys(index.manifests or ())
            if child in self._positions and child != index.digest
        ]
        self._holding[position] = children
        self._held.update(children)
        if index.has_unknown_children:
            self._unknown.add(index.digest)

    def _past_counts(self) -> Iterator[int]:
        """What rules about counts mark of the images that they own."""
        counted, owners = self._counted, self._owners
        for number, keeps, identified in self._ownership.counting:
            here = [position for position in identified if counted[position]]
            yield from (position for position in here[keeps:] if owners[position] == number)

    def _act(self, day: int, due: Sequence[int], counted: Sequence[int]) -> list[Departure]:
        """Take what is marked and not held, and the referrers of each."""
        held = self._held
        # Ages stay past their limit; counts are looked at anew when something is let go.
        self._waiting += [position for position in due if held[position]]
        going = [_Taken(at, at, self._owners[at]) for at in (*due, *counted) if not held[at]]
        if self._relations.subjects:
            going += [referrer for taken in going for referrer in self._referrers(taken)]
        going.sort(reverse=True)
        departures = [self._departure(day, taken) for taken in going]
        # What goes has held its children through this run: they may go in the next one.
        for taken in going:
            self._leave(day, taken)
        return departures

    def _referrers(self, taken: _Taken) -> Iterator[_Taken]:
        for referrer in self._relations.referrers(self._images[taken.root].digest):
            yield _Taken(self._positions[referrer.digest], taken.root, taken.number)

    def _departure(self, day: int, taken: _Taken) -> Departure:
        rule, judged = self._rules[taken.number - 1], self._images[taken.root]
        return Departure(
            day,
            self._images[taken.position],
            rule.action.type,
            rule.rule_priority,
            taken.position != taken.root,
            not judged.tags and bool(self._unknown - {judged.digest}),
        )

    def _leave(self, day: int, taken: _Taken) -> None:
        position = taken.position
        self._counted[position] = False
        if position in self._holding:
            self._held.subtract(self._holding.pop(position))
            self._unknown.discard(self._images[position].digest)
            self._is_unsettled = True
        if self._rules[taken.number - 1].action.type is Action.TRANSITION:
            self._archive(position, day)

    def _archive(self, position: int, day: int) -> None:
        """The rules for the archive take over, except of referrers; ages count from this run on."""
        number = self._owners[position] = self._ownership.archive_owners[position]
        if number:
            run = day + self._rules[number - 1].selection.count_number + 1
            self._ownership.marked_at[run].append(position)
