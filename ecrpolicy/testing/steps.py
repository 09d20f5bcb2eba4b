"""A step of the stateful machine: how images were and are, and what was to become of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Any, Final

from ecrpolicy.snapshot import Image, StorageClass, TagMutability
from ecrpolicy.testing.whole_images import WholeImage

Members = Mapping[str, Any]
"""What members of an image become, by their names; a time may be a `When`."""


class When(Enum):
    """A time that a step sets: that of the step, or else the one that was there before."""

    NOW = auto()
    NOW_OR_BEFORE = auto()


ARCHIVED: Final[Members] = {"storage_class": StorageClass.ARCHIVE, "archived_at": When.NOW}
RESTORED: Final[Members] = {"storage_class": StorageClass.STANDARD, "activated_at": When.NOW}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step does to images, by their digests; what is not said here stays as it is.

    `members` are those that the step sets, of images that were there or are new; `gone` are the
    images that it takes away. `refused` says what was asked, where the service refused it.
    """

    members: Mapping[str, Members] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """The earliest and the latest time that something may have been done at."""

    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What is known when a step was taken; images are there by digest.

    `pushed` is all that was ever pushed. `followers` are referrers whose subject was deleted or
    moved by hand: no document says whether they follow it, so they may, at any time. `pulled` are
    the images that were pulled since they are there, with when that was; `times` are those of the
    step; both without times where there is no clock to ask.
    """

    before: Mapping[str, Image]
    after: Mapping[str, Image]
    effect: Effect
    mutability: TagMutability = TagMutability.MUTABLE
    pushed: Mapping[str, WholeImage] = field(default_factory=dict)
    followers: frozenset[str] = frozenset()
    pulled: Mapping[str, Times | None] = field(default_factory=dict)
    times: Times | None = None

    def members(self, digest: str) -> Members:
        """What the step does to an image, or what a referrer does that follows its subject."""
        if digest in self.effect.members or not self._is_moved(digest):
            return self.effect.members.get(digest, {})
        archived = self.after[digest].storage_class is StorageClass.ARCHIVE
        return ARCHIVED if archived else RESTORED

    def _is_moved(self, digest: str) -> bool:
        """Whether a follower has gone to where its subject is."""
        if digest not in self.followers or digest not in self.before or digest not in self.after:
            return False
        subject = self.after.get(self.pushed[digest].subject or "")
        where = self.after[digest].storage_class
        is_elsewhere = where is not self.before[digest].storage_class
        return is_elsewhere and subject is not None and where is subject.storage_class

    def may_go(self, digest: str) -> bool:
        """Whether an image may be gone: a follower may when its subject is."""
        if digest in self.effect.gone:
            return True
        return digest in self.followers and self.pushed[digest].subject not in self.after
