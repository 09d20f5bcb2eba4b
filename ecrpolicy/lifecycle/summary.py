"""What goes and what stays of a group of images, counted by rule and by reason."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecrpolicy.lifecycle.explain import Reason
from ecrpolicy.lifecycle.model import Action
from ecrpolicy.snapshot import Image

if TYPE_CHECKING:
    from ecrpolicy.lifecycle.preview import Preview


@dataclass(frozen=True, slots=True)
class Group:
    """Images that share their fate: how many, and how many bytes.

    `action` is None for those that stay; `rule_priority` is the rule that says so, where one does.
    """

    reason: Reason
    action: Action | None
    rule_priority: int | None
    images: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The groups of a preview: those that go in the order of the rules, then those that stay.

    Bytes are sums of the images' own sizes: layers that images share count once for each.
    """

    groups: tuple[Group, ...]
    cannot_tell: int = 0

    @property
    def gone(self) -> tuple[Group, ...]:
        """The groups that a rule acts on."""
        return tuple(group for group in self.groups if group.action)

    @property
    def kept(self) -> tuple[Group, ...]:
        """The groups that stay."""
        return tuple(group for group in self.groups if not group.action)

    def images(self, action: Action | None) -> int:
        """How many images an action takes, or with None, how many stay."""
        return sum(group.images for group in self.groups if group.action is action)

    def bytes(self, action: Action | None) -> int:
        """The bytes of the images that an action takes, or with None, of those that stay."""
        return sum(group.bytes for group in self.groups if group.action is action)

    def text(self) -> str:
        """A line a group: how many images, whether they go, and why."""
        return "\n".join(f"{group.images:>7,}  {_fate(group)}" for group in self.groups)

    def to_json(self) -> dict[str, Any]:
        """The summary as plain JSON values."""
        return {
            "images": sum(group.images for group in self.groups),
            "expiring": _totals(self, Action.EXPIRE),
            "transitioning": _totals(self, Action.TRANSITION),
            "staying": _totals(self, None),
            "cannotTell": self.cannot_tell,
            "groups": [
                {
                    "action": group.action.name if group.action else None,
                    "reason": group.reason.name,
                    "appliedRulePriority": group.rule_priority,
                    "images": group.images,
                    "bytes": group.bytes,
                }
                for group in self.groups
            ],
        }


def _fate(group: Group) -> str:
    verb = "go" if group.action else "stay"
    rule = "" if group.rule_priority is None else f", rule {group.rule_priority}"
    return f"{verb}{rule}: {group.reason}"


def _totals(summary: Summary, action: Action | None) -> dict[str, int]:
    return {"images": summary.images(action), "bytes": summary.bytes(action)}


def summarise(preview: "Preview", images: Iterable[Image]) -> Summary:
    """Count what happens to some images of a preview."""
    counted: defaultdict[tuple[Reason, Action | None, int | None], list[int]]
    counted = defaultdict(lambda: [0, 0])
    cannot_tell = 0
    for image in images:
        reason, priority = preview.explainer.reason(image)
        result = preview.by_digest.get(image.digest)
        totals = counted[reason, result.action if result else None, priority]
        totals[0] += 1
        totals[1] += image.size_bytes
        cannot_tell += result is not None and result.cannot_tell
    groups = (Group(*kind, *totals) for kind, totals in counted.items())
    return Summary(tuple(sorted(groups, key=_order)), cannot_tell)


def _order(group: Group) -> tuple[bool, float, str]:
    priority = float("inf") if group.rule_priority is None else group.rule_priority
    return group.action is None, priority, group.reason.name
