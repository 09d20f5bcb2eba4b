"""Texts that only this service can have written: page tokens, passwords, signed URLs."""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any, Final

_MAC_BYTES: Final = 32


class BrokenSeal(Exception):
    """The text was not sealed here, or not for this purpose."""


class Seal:
    """Signs JSON with the secret of the service; `purpose` keeps one use from passing as another.

    >>> seal = Seal(b"a secret of the service")
    >>> seal.open("page", seal.close("page", {"after": "web"}))
    {'after': 'web'}
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def close(self, purpose: str, value: Any) -> str:
        """A text, safe in URLs, that holds the value; it can be read, but not changed."""
        content = json.dumps(value, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(self._mac(purpose, content) + content).decode().rstrip("=")

    def open(self, purpose: str, text: str) -> Any:
        """The value of a sealed text; raises BrokenSeal."""
        try:
            packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise BrokenSeal from None
        mac, content = packed[:_MAC_BYTES], packed[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(purpose, content)):
            raise BrokenSeal
        return json.loads(content)

    def _mac(self, purpose: str, content: bytes) -> bytes:
        return hmac.digest(self._secret, purpose.encode() + b"\0" + content, hashlib.sha256)
