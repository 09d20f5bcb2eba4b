"""The actions and resources that policies tell apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ecrpolicy.iam import actions
from ecrpolicy.iam.actions import Action
from ecrpolicy.iam.binding import IDENTITY_ONLY_ACTIONS, REGISTRY_V1_ACTIONS
from ecrpolicy.iam.patterns import Piece, has_wildcard, resource_matcher
from ecrpolicy.iam.variables import Values
from ecrpolicy.testing.invariants.pattern_kinds import kinds, same_kind, with_names
from ecrpolicy.testing.invariants.policies import Held, last_field

_V1: Final = frozenset(action.lower() for action in REGISTRY_V1_ACTIONS)
_REGION: Final = "us-east-1"
_PLACE_OF_NAME: Final = "${RepositoryName}"


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


@dataclass(frozen=True)
class Resources:
    """The ARNs to look at; `is_complete`: policies tell no others apart."""

    several: tuple[str | None, ...]
    is_complete: bool


def resources(
    patterns: Sequence[str], action: Action, wanted: str, account: str, partition: str
) -> Resources:
    """The resources of an action that meet a pattern, one of each kind that patterns tell apart.

    None stands for the resource of an action that is about none.
    """
    if not action.has_resource:
        return Resources((None,) if wanted == "*" else (), is_complete=True)
    behind = list(dict.fromkeys(map(last_field, patterns)))
    found: dict[str, None] = {}
    is_complete = True
    held = actions.service(action.name.partition(":")[0])
    for kind in action.resource_types:
        form = held.resource_types[kind].arn
        form = form.replace("${Partition}", partition).replace("${Account}", account)
        for region in _regions(patterns):
            base, has_name, _ = form.replace("${Region}", region).partition(_PLACE_OF_NAME)
            if not has_name:
                found[base.replace("${RegistryId}", account)] = None
                continue
            start = last_field(base)
            texts = kinds((f"{start}*", *behind), (start,))
            is_complete = is_complete and texts.is_complete
            for text in texts.texts.values():
                if text.startswith(start) and text != start:
                    better = with_names(text)
                    is_same = same_kind(text, better, behind, (start,))
                    found[base + (better if is_same else text).removeprefix(start)] = None
    is_meant = resource_matcher([Piece(wanted)])
    meant = tuple(arn for arn in found if wanted == "*" or is_meant(arn))
    return Resources(meant, is_complete)


def patterns_of(several: Iterable[Held], wanted: str, known: Sequence[Values]) -> list[str]:
    """A pattern, and those that the policies have, for callers of whom something is known."""
    said = (each for held in several for each in held.resources(known))
    return [each for each in dict.fromkeys((wanted, *said)) if each != "*"]


def account_of(several: Sequence[Held], wanted: str) -> str | None:
    """The account that a pattern of resources, or else the policies themselves, speak of."""
    for pattern in (wanted, *_said(several)):
        fields = pattern.split(":")
        if len(fields) > 4 and fields[4] and not has_wildcard(fields[4]):
            return fields[4]
    return None


def partition_of(several: Sequence[Held], wanted: str) -> str:
    """The partition that the ARNs speak of, `aws` where they do not."""
    named = [value for held in several for _, value in held.principals()]
    for pattern in (wanted, *_said(several), *named):
        fields = pattern.split(":")
        if fields[0] == "arn" and len(fields) > 1 and not has_wildcard(fields[1]):
            return fields[1]
    return "aws"


def _said(several: Iterable[Held]) -> Iterator[str]:
    for held in several:
        yield from held.resources()


def _regions(patterns: Iterable[str]) -> list[str]:
    """The Regions that are named, and one that is not."""
    named = [fields[3] for pattern in patterns if len(fields := pattern.split(":")) > 3]
    found = [each for each in dict.fromkeys(named) if each and not has_wildcard(each)]
    if any(has_wildcard(each) and each.strip("*") for each in named):
        found += [each.replace("*", "x").replace("?", "x") for each in named if each.strip("*")]
    other = _REGION if _REGION not in found else "eu-south-2"
    return [*dict.fromkeys(found), other]
