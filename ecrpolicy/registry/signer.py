"""Signatures within manifests of schema 1, as Docker's libtrust writes them.

A signature is a JSON Web Signature of the manifest as it was before (RFC 7515, "General JWS JSON
Serialization"; ES256, RFC 7518). What it protects says how that text is found again: so many bytes
of the whole one, and a tail. Nobody is told whom to trust: the key comes with the signature.
"""

import base64
import hashlib
import json
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ecrpolicy.registry.first_start import kept

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import (
        EllipticCurvePrivateKey,
        EllipticCurvePublicKey,
    )

_INDENT: Final = 3
_COORDINATE_BYTES: Final = 32


class Signer:
    """Signs with the key of a file, which is made when something is signed for the first time."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def signed(self, text: bytes, now: datetime) -> bytes:
        """An object of JSON, not an empty one, with a signature of it put before its end."""
        head = text.rstrip()[:-1].rstrip()
        tail = text[len(head) :]
        form = {
            "formatLength": len(head),
            "formatTail": encoded(tail),
            "time": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        protected = encoded(json.dumps(form, separators=(",", ":")).encode())
        signature = {
            "header": {"jwk": key_of(self._key.public_key()), "alg": "ES256"},
            "signature": encoded(self._signature(f"{protected}.{encoded(text)}".encode())),
            "protected": protected,
        }
        margin = b"\n" + b" " * _INDENT
        listed = json.dumps([signature], indent=_INDENT).encode().replace(b"\n", margin)
        return head + b"," + margin + b'"signatures": ' + listed + tail

    def _signature(self, content: bytes) -> bytes:
        """Two numbers, one behind the other (RFC 7518, "Digital Signature with ECDSA")."""
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
        from cryptography.hazmat.primitives.hashes import SHA256

        numbers = decode_dss_signature(self._key.sign(content, ECDSA(SHA256())))
        return b"".join(each.to_bytes(_COORDINATE_BYTES, "big") for each in numbers)

    @cached_property
    def _key(self) -> "EllipticCurvePrivateKey":
        # Few services ever sign anything: the others do not wait for the library.
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        key = load_pem_private_key(kept(self._file, _new_key), password=None)
        if not isinstance(key, EllipticCurvePrivateKey):
            raise TypeError(f"`{self._file}` holds another kind of key")
        return key


def _new_key() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    key = generate_private_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def key_of(key: "EllipticCurvePublicKey") -> dict[str, Any]:
    """A key as a JSON Web Key, with libtrust's name for it: clients refuse another name."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    content = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    name = base64.b32encode(hashlib.sha256(content).digest()[:30]).decode()
    point = key.public_numbers()
    return {
        "crv": "P-256",
        "kid": ":".join(name[at : at + 4] for at in range(0, len(name), 4)),
        "kty": "EC",
        "x": encoded(point.x.to_bytes(_COORDINATE_BYTES, "big")),
        "y": encoded(point.y.to_bytes(_COORDINATE_BYTES, "big")),
    }


def encoded(content: bytes) -> str:
    """Base64 for URLs, without padding (RFC 7515, "Terminology")."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
