"""Manifests of schema 1 as Docker 1.9 pushes them: indented text, with signatures put into it."""

import base64
import json
from collections.abc import Sequence
from typing import Any, Final

UNSIGNED: Final = """{
   "schemaVersion": 1,
   "name": "web",
   "tag": "v1",
   "architecture": "amd64",
   "fsLayers": [
      {
         "blobSum": "DIGEST"
      }
   ],
   "history": [
      {
         "v1Compatibility": "{\\"id\\":\\"1\\"}"
      }
   ]
}"""


# The base point of the curve: a key that nobody signs with.
KEY: Final = {
    "kty": "EC",
    "crv": "P-256",
    "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY",
    "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU",
}


def unsigned(digest: str) -> bytes:
    """The manifest of an image of one layer."""
    return UNSIGNED.replace("DIGEST", digest).encode()


def encoded(content: bytes) -> str:
    """Base64 for URLs, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def signature(**protected: Any) -> dict[str, Any]:
    """A signature that protects this; nobody made it."""
    return {
        "header": {"jwk": KEY, "alg": "ES256"},
        "signature": encoded(b"nobody's"),
        "protected": encoded(json.dumps(protected).encode()),
    }


def signed(manifest: bytes, signatures: Sequence[Any] | None = None) -> bytes:
    """The manifest with signatures put before its end, which is `\\n}`; with one, unless told."""
    length = len(manifest) - 2
    if signatures is None:
        tail = encoded(manifest[length:])
        signatures = [signature(formatLength=length, formatTail=tail, time="2015-10-01T00:00:00Z")]
    put = json.dumps(signatures, indent=3).encode()
    return manifest[:length] + b',\n   "signatures": ' + put + b"\n}"
