"""What a service has acknowledged, and whether it is so."""

from dataclasses import dataclass, field
from threading import Lock


class Broken(Exception):
    """A promise was not kept."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image that was pushed: its tag, and all that it is made of."""

    tag: str
    manifest: bytes
    blobs: tuple[bytes, ...]


@dataclass(slots=True)
class Promises:
    """What the service has acknowledged; what was under way when it died may be so or so."""

    kept: dict[str, Image] = field(default_factory=dict)
    deleted: dict[str, Image] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def take(self, number: int) -> Image | None:
        """An image that one may try to delete: from then on nothing is promised of it."""
        with self.lock:
            if not self.kept:
                return None
            tag = sorted(self.kept)[number % len(self.kept)]
            return self.kept.pop(tag)
