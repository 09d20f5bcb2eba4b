"""Digests: which texts are some, and how content gets its own."""

import hashlib
import re
from typing import Final

_SHA256: Final = re.compile(r"sha256:[0-9a-f]{64}")


def is_digest(text: str) -> bool:
    """Whether a text is the digest of something that can be kept here.

    >>> is_digest("sha256:" + "0" * 64), is_digest("sha256:../../secret")
    (True, False)
    """
    return _SHA256.fullmatch(text) is not None


def digest_of(content: bytes) -> str:
    """The digest of what is at hand.

    >>> digest_of(b"{}")
    'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    """
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
