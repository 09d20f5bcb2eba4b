"""What another policy changes for the images of a repository, and which rule it is due to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from ecrpolicy.finding import Finding
from ecrpolicy.lifecycle.differences import Fate
from ecrpolicy.lifecycle.evaluate import evaluate
from ecrpolicy.lifecycle.explain import Explanation
from ecrpolicy.lifecycle.model import LifecyclePolicy
from ecrpolicy.lifecycle.preview import Preview
from ecrpolicy.lifecycle.ranking import pushed_time
from ecrpolicy.lifecycle.rule_changes import RuleChange, matched, rule_changes
from ecrpolicy.snapshot import Image, Repository


class Turn(StrEnum):
    """How the fate of an image is another one."""

    GOES = "stays under the old policy, goes under the new"
    STAYS = "goes under the old policy, stays under the new"
    OTHER_ACTION = "expires under the one, is archived under the other"
    OTHER_RULE = "goes under both, but under another rule"


@dataclass(frozen=True, slots=True)
class Turned:
    """An image whose fate is another one: what it was and is, None where it stays; and why.

    `causes` are the changes of the rules that own the image under the one policy or the other,
    or that own the subject that it goes with. `cannot_tell` is that of a preview's result, under
    either of the policies: where an index holds the image, its fate is the same under both.
    """

    image: Image
    turn: Turn
    old: Fate | None
    new: Fate | None
    causes: tuple[RuleChange, ...]
    cannot_tell: bool = False

    def to_json(self) -> dict[str, Any]:
        """The change as plain JSON values, under the service's names where it has any."""
        return {
            "imageTags": list(self.image.tags),
            "imageDigest": self.image.digest,
            "imagePushedAt": self.image.pushed_at.isoformat(),
            "imageSizeInBytes": self.image.size_bytes,
            "turn": self.turn.name,
            "old": self.old.to_json() if self.old else None,
            "new": self.new.to_json() if self.new else None,
            "causes": [change.to_json() for change in self.causes],
            "cannotTell": self.cannot_tell,
        }


@dataclass(frozen=True)
class Comparison:
    """What a new policy does otherwise than an old one, in one run on one repository.

    `changes` are those of the rules; `turned` are the images whose fate is another one, older
    first. An image that goes under the same rule with another number fares the same.
    """

    old: Preview
    new: Preview
    changes: tuple[RuleChange, ...]
    turned: tuple[Turned, ...] = field(repr=False)

    @cached_property
    def by_digest(self) -> dict[str, Turned]:
        """The images whose fate is another one, by digest."""
        return {each.image.digest: each for each in self.turned}

    @cached_property
    def warnings(self) -> tuple[tuple[str, Finding], ...]:
        """The warnings of the previews that only one of them has: `old` or `new`, and what of it.

        What is open to doubt in the same way under both makes no difference.
        """
        sides = {"old": self.old.warnings, "new": self.new.warnings}
        return tuple(
            (name, warning)
            for name, other in (("old", "new"), ("new", "old"))
            for warning in sides[name]
            if warning not in sides[other]
        )

    def images(self, turn: Turn) -> tuple[Image, ...]:
        """The images whose fate is another one in some way."""
        return tuple(each.image for each in self.turned if each.turn is turn)

    def explain(self, digest: str) -> tuple[Explanation, Explanation]:
        """Why an image goes or stays under the old policy, and why under the new."""
        return self.old.explain(digest), self.new.explain(digest)

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""
        return {
            "now": self.old.now.isoformat(),
            "changes": [change.to_json() for change in self.changes],
            "images": len(self.old.repository.images),
            "old": self.old.summarise().to_json(),
            "new": self.new.summarise().to_json(),
            "turns": {turn.name: _totals(self.images(turn)) for turn in Turn},
            "turned": [each.to_json() for each in self.turned],
        }


def _totals(images: tuple[Image, ...]) -> dict[str, int]:
    return {"images": len(images), "bytes": sum(image.size_bytes for image in images)}


def compare(
    old: LifecyclePolicy, new: LifecyclePolicy, repository: Repository, *, now: datetime
) -> Comparison:
    """What one run of another policy at `now` would do otherwise.

    Raises ValueError where `now` has no time zone.
    """
    before, after = evaluate(old, repository, now=now), evaluate(new, repository, now=now)
    changes = rule_changes(old, new)
    turned = tuple(_turned(before, after, changes))
    return Comparison(before, after, changes, turned)


def _turned(old: Preview, new: Preview, changes: tuple[RuleChange, ...]) -> Iterator[Turned]:
    same = {
        before.rule_priority: after.rule_priority
        for before, after in matched(old.policy, new.policy)
    }
    images = old.repository.images
    for image in sorted(images, key=lambda image: (pushed_time(image), image.digest)):
        before, after = _fate(old, image), _fate(new, image)
        turn = _turn(before, after, same)
        if turn is not None:
            causes = _causes(old, new, image, changes)
            yield Turned(image, turn, before, after, causes, _is_doubtful(image, old, new))


def _is_doubtful(image: Image, *previews: Preview) -> bool:
    results = [preview.by_digest.get(image.digest) for preview in previews]
    return any(result.cannot_tell for result in results if result)


def _fate(preview: Preview, image: Image) -> Fate | None:
    result = preview.by_digest.get(image.digest)
    return Fate(result.action, result.rule_priority) if result else None


def _turn(before: Fate | None, after: Fate | None, same: dict[int, int]) -> Turn | None:
    if before is None or after is None:
        if before is after:
            return None
        return Turn.STAYS if after is None else Turn.GOES
    if before.action is not after.action:
        return Turn.OTHER_ACTION
    is_same = same.get(before.rule_priority) == after.rule_priority
    return None if is_same else Turn.OTHER_RULE


def _causes(
    old: Preview, new: Preview, image: Image, changes: tuple[RuleChange, ...]
) -> tuple[RuleChange, ...]:
    """The changes of the owners.

    Were both owners the same rules as before, in the same order, the fate would be the same: one
    rule ranks and marks the same images under both policies.
    """
    before, after = old.explainer.owner(image), new.explainer.owner(image)
    return tuple(
        change
        for change in changes
        if change.can_matter
        and ((before and change.old == before) or (after and change.new == after))
    )
