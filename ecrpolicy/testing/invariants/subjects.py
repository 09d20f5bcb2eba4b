"""The actions and resources that policies tell apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ecrpolicy.iam import actions
from ecrpolicy.iam.actions import Action
from ecrpolicy.iam.binding import IDENTITY_ONLY_ACTIONS, REGISTRY_V1_ACTIONS
from ecrpolicy.iam.patterns import has_wildcard, matcher
from ecrpolicy.iam.resources import EVERYTHING, behind_fields
from ecrpolicy.regions import PARTITIONS
from ecrpolicy.testing.invariants.accounts import Probe
from ecrpolicy.testing.invariants.pattern_kinds import Items, of_resources
from ecrpolicy.testing.invariants.policies import Held
from ecrpolicy.testing.invariants.said import Said
from ecrpolicy.testing.invariants.text_kinds import Reader, TextKinds
from ecrpolicy.testing.invariants.text_shapes import RepositoryName

_V1: Final = frozenset(action.lower() for action in REGISTRY_V1_ACTIONS)
_REGION: Final = "us-east-1"
_PARTITION: Final = "aws"
_PLACES: Final = ("${Partition}", "${Region}", "${Account}", "${RegistryId}", "${RepositoryName}")


@dataclass(frozen=True)
class Alike:
    """Actions that all policies treat alike; the first stands for all of them."""

    several: tuple[Action, ...]

    @property
    def first(self) -> Action:
        """The one that is asked about."""
        return self.several[0]


def alike(several: Sequence[Held], pattern: str) -> list[Alike]:
    """The known actions of a pattern, as groups; raises ValueError where there is none."""
    found = actions.matching(pattern)
    if not found:
        raise ValueError(
            f"`{pattern}` means no action of Amazon ECR known on {actions.facts().date}; write "
            "one such as `ecr:BatchGetImage`, or `ecr:*`"
        )
    groups: dict[object, list[Action]] = {}
    for action in found:
        name = action.name.lower()
        meaning = tuple(
            statement.means(name)
            for held in several
            for policy in held.everything
            for statement in policy.prepared
        )
        about = (
            action.name.partition(":")[0],
            action.resource_types,
            action.condition_keys,
            name in IDENTITY_ONLY_ACTIONS,
            name in _V1,
        )
        groups.setdefault((meaning, about), []).append(action)
    return [Alike(tuple(group)) for group in groups.values()]


class Resources:
    """The resources of an action that meet a pattern, one of each kind that patterns tell apart.

    The Region of a resource is that of the request, too: `requested` is what conditions on
    `aws:RequestedRegion` are met by. `is_complete`: so far, no others are told apart.
    """

    def __init__(
        self, action: Action, wanted: str, patterns: Iterable[str], requested: Iterable[Items]
    ) -> None:
        several = [wanted, *patterns]
        self._requested = Reader(requested)
        self._wanted = of_resources(wanted)
        self._reader = Reader(of_resources(each) for each in several if each != EVERYTHING)
        self._is_any = wanted == EVERYTHING
        held = actions.service(action.name.partition(":")[0])
        self._forms = [held.resource_types[kind].arn for kind in action.resource_types]
        self._regions = _regions_named(several)
        self._written = tuple(_names_written(several))
        self.is_complete = not any(map(_names_registry, several))
        self._names = cache(self._names_behind)
        self._starts = cache(self._starts_of)

    def probes(self, partitions: Iterable[str]) -> Iterator[Probe]:
        """Where the accounts of resources are read."""
        for partition in partitions:
            for at, _, behind, _ in self._starts(partition):
                yield Probe(self._reader, at, behind.partition("$")[0])

    def of(self, account: str, partition: str) -> tuple[str | None, ...]:
        """Those in an account; None stands for that of an action that is about none."""
        if not self._forms:
            return (None,) if self._is_any else ()
        return tuple(self._in(account, partition))

    def _in(self, account: str, partition: str) -> Iterator[str]:
        seen = set[tuple[int, int]]()
        for at, before, behind, region in self._starts(partition):
            behind = behind.replace("${RegistryId}", account)
            start, has_name, _ = behind.partition("${RepositoryName}")
            reached = self._reader.after(at, account + start)
            names = self._names(reached) if has_name else {self._reader.kind(reached): ""}
            for kind, name in names.items():
                if self._is_meant(kind) and ((kind, region) not in seen or not has_name):
                    seen.add((kind, region))
                    yield before + account + start + name

    def _is_meant(self, kind: int) -> bool:
        return self._is_any or self._reader.meets(kind, self._wanted)

    def _starts_of(self, partition: str) -> list[tuple[int, str, str, int]]:
        """What ARNs start with before the account; the places behind it, what follows, its Region.

        Of the Region, the conditions that it meets.
        """
        regions = [each for each, of in PARTITIONS.items() if of == partition]
        first = [_REGION] if _REGION in regions else []
        found: dict[tuple[int, str, int], tuple[int, str, str, int]] = {}
        for form in self._forms:
            before, _, behind = form.replace("${Partition}", partition).partition("${Account}")
            named = [each for each in self._regions if PARTITIONS.get(each, partition) == partition]
            for region in dict.fromkeys((*named, *first, *regions)):
                start = before.replace("${Region}", region)
                at = self._reader.after(self._reader.start, start)
                kind = self._kind_of(region) if start != before else 0
                found.setdefault((at, behind, kind), (at, start, behind, kind))
        return list(found.values())

    def _kind_of(self, region: str) -> int:
        requested = self._requested
        return requested.kind(requested.after(requested.start, region))

    def _names_behind(self, at: int) -> dict[int, str]:
        """The shortest name of each kind; names that are written out are taken as they are."""
        reader = self._reader
        found = TextKinds((reader,), (at,), RepositoryName(), lambda at: reader.kind(at[0]))
        self.is_complete = self.is_complete and found.is_complete
        names = {kind: several[0] for kind, several in found.texts.items()}
        for name in self._written:
            names.setdefault(reader.kind(reader.after(at, name)), name)
        return names


def partitions_of(said: Said, *wanted: str) -> list[str]:
    """The partitions that the ARNs that are meant speak of, else those of policies, else `aws`."""
    for texts in (wanted, [*said.resources(), *(value for _, value in said.principals())]):
        several = [fields[1] for text in texts if len(fields := text.split(":")) > 1 and fields[1]]
        named = [each for each in several if not has_wildcard(each)]
        named += (
            partition
            for each in several
            if has_wildcard(each) and each.strip("*")
            for partition in dict.fromkeys(PARTITIONS.values())
            if matcher(each)(partition)
        )
        if found := [each for each in dict.fromkeys(named) if each in PARTITIONS.values()]:
            return found
    return [_PARTITION]


def accounts_named(patterns: Iterable[str]) -> Iterator[str]:
    """The accounts that patterns of resources name in full."""
    for pattern in patterns:
        fields = pattern.split(":")
        if len(fields) > 4 and not has_wildcard(fields[4]):
            yield fields[4]


def _names_written(patterns: Iterable[str]) -> Iterator[str]:
    """The names of repositories that patterns have in full."""
    for pattern in patterns:
        kind, _, name = behind_fields(pattern).partition("/")
        if kind == "repository" and name and not has_wildcard(name):
            yield name


def _names_registry(pattern: str) -> bool:
    """Whether a pattern has an id of a registry, which is its account, but not the account."""
    fields = pattern.split(":")
    kind, _, number = behind_fields(pattern).partition("/")
    return kind == "registry" and number.strip("*") != "" and has_wildcard(fields[4])


def _regions_named(patterns: Iterable[str]) -> list[str]:
    """The Regions that are named in full: there may be newer ones than are known."""
    named = (fields[3] for pattern in patterns if len(fields := pattern.split(":")) > 3)
    return [each for each in dict.fromkeys(named) if each and not has_wildcard(each)]
