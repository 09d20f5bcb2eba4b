"""Which rules of a policy another one adds, removes, changes or moves."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ecrpolicy.lifecycle.describe import describe
from ecrpolicy.lifecycle.model import LifecyclePolicy, Rule
from ecrpolicy.lifecycle.tags import patterns


class ChangeKind(StrEnum):
    """What became of a rule."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved past another rule"
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What became of a rule: `old` is None where it was added, `new` where it was removed.

    A rule whose description alone is another one has not changed.
    """

    kind: ChangeKind
    old: Rule | None
    new: Rule | None

    @property
    def can_matter(self) -> bool:
        """Whether the change can turn the fate of an image; a new number alone cannot."""
        return self.kind is not ChangeKind.RENUMBERED

    def __str__(self) -> str:
        """The change in words.

        Rules are told by their numbers, with what they mark.
        """
        old, new = self.old, self.new
        if old is None or new is None:
            rule = old or new
            return f"{_name(rule)} {self.kind}: {describe(rule)}" if rule else str(self.kind)
        now = "" if old.rule_priority == new.rule_priority else f", now rule {new.rule_priority}"
        if self.kind is not ChangeKind.CHANGED:
            return f"{_name(old)} {self.kind}{now}: {describe(new)}"
        return f"{_name(old)} changed{now}: {_effect(old)} → {_effect(new)}"

    def to_json(self) -> dict[str, Any]:
        """The change as plain JSON values."""
        return {
            "change": self.kind.name,
            "oldRulePriority": self.old.rule_priority if self.old else None,
            "newRulePriority": self.new.rule_priority if self.new else None,
            "text": str(self),
        }


def _name(rule: Rule) -> str:
    return f"rule {rule.rule_priority}"


def _effect(rule: Rule) -> str:
    return f"{rule.action.type} {describe(rule)}"


Pair = tuple[Rule, Rule]


def matched(old: LifecyclePolicy, new: LifecyclePolicy) -> list[Pair]:
    """The rules of two policies that are taken for the same rule, by their old priority.

    First those that identify, mark and do the same; then those that identify the same; then
    those of the same priority.
    """
    left, right = list(old.by_priority), list(new.by_priority)
    pairs: list[Pair] = []
    likenesses: tuple[Callable[[Rule], Hashable], ...] = (content, identified, _priority)
    for likeness in likenesses:
        pairs += _paired(left, right, likeness)
    return sorted(pairs, key=lambda pair: pair[0].rule_priority)


def _paired(
    left: list[Rule], right: list[Rule], likeness: Callable[[Rule], Hashable]
) -> Iterator[Pair]:
    """Pairs of rules that are alike, which are taken out of both lists."""
    waiting: defaultdict[Hashable, list[Rule]] = defaultdict(list)
    for rule in right:
        waiting[likeness(rule)].append(rule)
    for rule in list(left):
        if alike := waiting[likeness(rule)]:
            other = alike.pop(0)
            left.remove(rule)
            right.remove(other)
            yield rule, other


def identified(rule: Rule) -> Hashable:
    """What a rule identifies, however it is written: a prefix is a pattern that ends in `*`."""
    selection = rule.selection
    return selection.storage_class, selection.tag_status, frozenset(patterns(selection))


def content(rule: Rule) -> Hashable:
    """What a rule identifies, marks and does."""
    selection = rule.selection
    limit = selection.count_type, selection.count_number
    return identified(rule), limit, rule.action.type


def _priority(rule: Rule) -> Hashable:
    return rule.rule_priority


def rule_changes(old: LifecyclePolicy, new: LifecyclePolicy) -> tuple[RuleChange, ...]:
    """What became of the rules of a policy, in the order of their priority; those added last."""
    pairs = matched(old, new)
    in_place = _in_place([after.rule_priority for _, after in pairs])
    found = [
        RuleChange(kind, before, after)
        for index, (before, after) in enumerate(pairs)
        if (kind := _kind(before, after, is_moved=index not in in_place))
    ]
    kept, there = [before for before, _ in pairs], [after for _, after in pairs]
    found += [RuleChange(ChangeKind.REMOVED, rule, None) for rule in old.rules if rule not in kept]
    found.sort(key=lambda change: change.old.rule_priority if change.old else 0)
    added = [rule for rule in new.by_priority if rule not in there]
    return (*found, *(RuleChange(ChangeKind.ADDED, None, rule) for rule in added))


def _kind(before: Rule, after: Rule, *, is_moved: bool) -> ChangeKind | None:
    if content(before) != content(after):
        return ChangeKind.CHANGED
    if is_moved:
        return ChangeKind.MOVED
    return ChangeKind.RENUMBERED if before.rule_priority != after.rule_priority else None


def _in_place(priorities: Sequence[int]) -> set[int]:
    """The indexes of a longest ascending part: all others have moved past one of these."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, priority in enumerate(priorities):
        at = bisect_left(tails, priority)
        previous.append(ends[at - 1] if at else -1)
        tails[at:] = [priority, *tails[at + 1 :]]
        ends[at:] = [index, *ends[at + 1 :]]
    found: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        found.add(index)
        index = previous[index]
    return found
