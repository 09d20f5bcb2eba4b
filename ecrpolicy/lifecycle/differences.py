"""Where a preview of ours and the service's own say different things of an image."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ecrpolicy.lifecycle.model import Action
from ecrpolicy.lifecycle.preview import Preview


@dataclass(frozen=True, slots=True)
class Fate:
    """What a preview says of an image that goes."""

    action: Action
    rule_priority: int

    def __str__(self) -> str:
        verb = "expires" if self.action is Action.EXPIRE else "is archived"
        return f"{verb} under rule {self.rule_priority}"

    def to_json(self) -> dict[str, Any]:
        """The fate under the service's names."""
        return {"action": self.action.name, "appliedRulePriority": self.rule_priority}


@dataclass(frozen=True, slots=True)
class Difference:
    """What we say of an image and what the service says; None: it stays.

    `known`: the image is in the snapshot.
    """

    digest: str
    ours: Fate | None
    theirs: Fate | None
    known: bool = True

    def to_json(self) -> dict[str, Any]:
        """The difference as plain JSON values."""
        return {
            "imageDigest": self.digest,
            "ours": self.ours.to_json() if self.ours else None,
            "theirs": self.theirs.to_json() if self.theirs else None,
            "inSnapshot": self.known,
        }


def differences(preview: Preview, theirs: Mapping[str, Fate]) -> Iterator[Difference]:
    """The images on which the two previews differ, in the order of the snapshot.

    Referrers that go with their subject may be missing on the service's side: it removes them
    within 24 hours after, and says nothing of whether its preview lists them.
    """
    for image in preview.repository.images:
        result = preview.by_digest.get(image.digest)
        ours = Fate(result.action, result.rule_priority) if result else None
        fate = theirs.get(image.digest)
        if ours != fate and not (result and result.cascade and fate is None):
            yield Difference(image.digest, ours, fate)
    known = {image.digest for image in preview.repository.images}
    for digest, fate in theirs.items():
        if digest not in known:
            yield Difference(digest, None, fate, known=False)
