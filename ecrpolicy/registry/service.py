"""A running service: all that its handlers need, in one value."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ecrpolicy.registry.auth.authority import Authority
from ecrpolicy.registry.blobs.running import RunningDigests
from ecrpolicy.registry.blobs.store import BlobStore
from ecrpolicy.registry.metadata.database import Database
from ecrpolicy.registry.seal import Seal
from ecrpolicy.registry.settings import Settings
from ecrpolicy.registry.signer import Signer
from ecrpolicy.registry.throttle import Throttle


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a service; `clock` tells the time, with a zone."""

    settings: Settings
    database: Database
    blobs: BlobStore
    authority: Authority
    seal: Seal
    signer: Signer
    throttle: Throttle
    clock: Callable[[], datetime]
    running: RunningDigests = field(default_factory=RunningDigests)
