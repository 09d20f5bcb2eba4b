"""Digests of uploads that are still coming in."""

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hashlib import _Hash

# A state is half a kilobyte; what was forgotten is read again from the disk.
_MOST: Final = 1_000


class RunningDigests:
    """How far the digests of uploads have come, in this process: each by upload, with its length.

    An upload that went on elsewhere has another length, and its digest is worked out anew.
    """

    def __init__(self) -> None:
        self._states: OrderedDict[str, tuple[int, _Hash]] = OrderedDict()
        self._lock = Lock()

    def take(self, upload_id: str, length: int) -> "_Hash | None":
        """The state after so many bytes, which is the taker's own from then on, if it is known."""
        with self._lock:
            known, state = self._states.pop(upload_id, (0, None))
        if length == 0:
            return hashlib.sha256()
        return state if known == length else None

    def keep(self, upload_id: str, length: int, state: "_Hash") -> None:
        """Keep the state after so many bytes."""
        with self._lock:
            self._states[upload_id] = length, state
            while len(self._states) > _MOST:
                self._states.popitem(last=False)

    def forget(self, upload_id: str) -> None:
        """Forget an upload that is over."""
        with self._lock:
            self._states.pop(upload_id, None)
