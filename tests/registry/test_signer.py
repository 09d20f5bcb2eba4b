"""Signatures of manifests, checked as Docker's libtrust checks them."""

import base64
import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ecrpolicy.registry.signer import Signer, key_of

TEXT = b'{\n   "schemaVersion": 1,\n   "history": []\n}'
NOW = datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=1)))


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_key(jwk: dict[str, Any]) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(decoded(jwk[name])) for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def verify(key: ec.EllipticCurvePublicKey, signature: bytes, content: bytes) -> None:
    r, s = (int.from_bytes(each) for each in (signature[:32], signature[32:]))
    key.verify(encode_dss_signature(r, s), content, ec.ECDSA(SHA256()))


def test_what_is_signed_is_the_text_without_the_signature(tmp_path: Path) -> None:
    signed = Signer(tmp_path / "key").signed(TEXT, NOW)
    whole = json.loads(signed)
    [signature] = whole.pop("signatures")
    assert whole == json.loads(TEXT)
    protected = json.loads(decoded(signature["protected"]))
    # The text without its `\n}`, in Base64 `Cn0`.
    assert protected == {
        "formatLength": len(TEXT) - 2,
        "formatTail": "Cn0",
        "time": "2026-03-01T12:00:00Z",
    }
    assert signed[: len(TEXT) - 2] + b"\n}" == TEXT
    assert signature["header"]["alg"] == "ES256"
    content = signature["protected"] + "." + base64.urlsafe_b64encode(TEXT).decode().rstrip("=")
    key, made = public_key(signature["header"]["jwk"]), decoded(signature["signature"])
    assert len(made) == 64
    verify(key, made, content.encode())
    with pytest.raises(InvalidSignature):
        verify(key, made, content.encode() + b"A")


def test_it_is_written_as_libtrust_does(tmp_path: Path) -> None:
    lines = Signer(tmp_path / "key").signed(TEXT, NOW).decode().split("\n")
    assert lines[:7] == [
        "{",
        '   "schemaVersion": 1,',
        '   "history": [],',
        '   "signatures": [',
        "      {",
        '         "header": {',
        '            "jwk": {',
    ]
    assert lines[-3:] == ["      }", "   ]", "}"]


def test_a_key_has_libtrusts_name() -> None:
    """The key of the example in Docker's "Image Manifest Version 2, Schema 1"."""
    jwk = {
        "crv": "P-256",
        "kid": "OD6I:6DRK:JXEJ:KBM4:255X:NSAA:MUSF:E4VM:ZI6W:CUN2:L4Z6:LSF4",
        "kty": "EC",
        "x": "3gAwX48IQ5oaYQAYSxor6rYYc_6yjuLCjtQ9LUakg4A",
        "y": "t72ge6kIA1XOjqjVoEOiPPAURltJFBMGDSQvEGVB010",
    }
    assert key_of(public_key(jwk)) == jwk


def test_small_numbers_are_as_long_as_others() -> None:
    """RFC 7518, "'x' (X Coordinate) Parameter": of as many bytes as the curve has."""
    keys = (ec.derive_private_key(number, ec.SECP256R1()).public_key() for number in range(1, 400))
    small = next(key for key in keys if key.public_numbers().x < 2**248)
    assert len(decoded(key_of(small)["x"])) == 32


def test_the_key_is_made_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "key"
    signers = [Signer(file) for _ in range(8)]
    assert not file.exists()
    with ThreadPoolExecutor() as threads:
        made = list(threads.map(lambda each: each.signed(TEXT, NOW), signers))
    assert len({json.loads(each)["signatures"][0]["header"]["jwk"]["kid"] for each in made}) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = sha256(file.read_bytes())
    Signer(file).signed(TEXT, NOW)
    assert sha256(file.read_bytes()).digest() == kept.digest()


def test_another_kind_of_key_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "key"
    key = generate_private_key(65537, 2048)
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(TypeError, match="holds another kind of key"):
        Signer(file).signed(TEXT, NOW)


def test_who_signs_nothing_does_not_wait_for_the_library() -> None:
    command = "import sys, ecrpolicy.registry.app; print('cryptography' in sys.modules)"
    ended = subprocess.run((sys.executable, "-c", command), capture_output=True, check=True)
    assert ended.stdout == b"False\n"
