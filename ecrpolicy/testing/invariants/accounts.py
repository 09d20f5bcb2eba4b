"""The accounts that policies tell apart, and those of callers and resources that go together."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ecrpolicy.arn import is_account
from ecrpolicy.testing.invariants.text_kinds import Places, Reader, TextKinds
from ecrpolicy.testing.invariants.text_shapes import AccountText

# Accounts that stand for any that no policy names.
_UNNAMED: Final = ("999988887777", "888877776666", "777766665555", "666655554444")

_WRITTEN: Final = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])", re.ASCII)


class Probe(NamedTuple):
    """Where the number of an account is read: behind what, and what stands behind it."""

    reader: Reader
    places: int
    behind: str = ""

    def told(self, places: int) -> int:
        """What can still make a difference behind the number."""
        if self.behind:
            return self.reader.after(places, self.behind)
        return self.reader.kind(places)


_Kind = tuple[Hashable, Hashable]


class Accounts:
    """Accounts of each kind that policies tell apart, two where there are two.

    Policies tell the account of the caller and that of the resource, and whether they are the
    same. `is_complete`: they tell no others apart.
    """

    def __init__(
        self,
        of_callers: Sequence[Probe],
        of_resources: Sequence[Probe],
        preferred: Iterable[str],
    ) -> None:
        self._probes = tuple(dict.fromkeys((*of_callers, *of_resources)))
        self._parts = [
            [self._probes.index(each) for each in several] for several in (of_callers, of_resources)
        ]
        self._kinds: dict[_Kind, list[str]] = {}
        for number in dict.fromkeys((*preferred, *_UNNAMED)):
            self._add(self._kind(self._read(number)), number)
        readers = tuple(each.reader for each in self._probes)
        begin = tuple(each.places for each in self._probes)
        found = TextKinds(readers, begin, AccountText(), self._kind, number=2)
        for places, texts in found.texts.items():
            for text in texts:
                self._add(places, text)
        self.is_complete = found.is_complete
        self._order = [each for several in self._kinds.values() for each in several]
        self._together = self._paired()

    def of_callers(self) -> Iterator[str]:
        """The accounts of callers to look at."""
        return iter(self._together)

    def of_resources(self, caller: str | None) -> tuple[str, ...]:
        """The accounts of resources to look at for a caller of an account, or of none."""
        if caller is None:
            return tuple(several[0] for several in self._by(1).values())
        return tuple(self._together[caller])

    def _add(self, kind: _Kind, number: str) -> None:
        several = self._kinds.setdefault(kind, [])
        if len(several) < 2 and number not in several:
            several.append(number)

    def _read(self, number: str) -> Places:
        return tuple(each.reader.after(each.places, number) for each in self._probes)

    def _kind(self, places: Places) -> _Kind:
        told = [each.told(at) for each, at in zip(self._probes, places, strict=True)]
        callers, resources = (tuple(told[at] for at in part) for part in self._parts)
        return callers, resources

    def _by(self, part: int) -> dict[Hashable, list[str]]:
        """The accounts by what tells callers apart (0), or resources (1)."""
        found: dict[Hashable, list[str]] = {}
        for kind, several in self._kinds.items():
            found.setdefault(kind[part], []).extend(several)
        return found

    def _paired(self) -> dict[str, list[str]]:
        """For each account of a caller those of resources: each kind, and its own."""
        resources = self._by(1).values()
        pairs = {(several[0], several[0]) for several in self._kinds.values()}
        for callers in self._by(0).values():
            for owners in resources:
                both = ((one, other) for one in callers for other in owners if one != other)
                pairs.update([pair] if (pair := next(both, None)) else [])
        place = {number: at for at, number in enumerate(self._order)}
        found: dict[str, list[str]] = {}
        for caller, owner in sorted(pairs, key=lambda each: (place[each[0]], place[each[1]])):
            found.setdefault(caller, []).append(owner)
        return found


def written(texts: Iterable[str]) -> Iterator[str]:
    """All accounts that stand somewhere in texts."""
    for text in texts:
        yield from filter(is_account, _WRITTEN.findall(text))
