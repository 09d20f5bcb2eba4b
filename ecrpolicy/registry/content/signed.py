"""Signed manifests of schema 1: the text that was signed, which the digest is that of.

Docker's "Image Manifest Version 2, Schema 1", "Signed Manifests": the signatures stand in the text
itself. What each of them protects says how to get the text without them: so many bytes of it, and
a tail.
"""

import base64
import json
from collections.abc import Sequence
from typing import Any, NamedTuple


class _Form(NamedTuple):
    """How the text that was signed is made of the whole one."""

    length: int
    tail: bytes


def signed_text(text: bytes, signatures: Sequence[Any]) -> bytes:
    """The text that was signed; raises ValueError where the signatures do not agree on one.

    Whether they are right is for clients to say, who know whom to trust.
    """
    forms = {_form(each) for each in signatures}
    if len(forms) != 1:
        raise ValueError(f"the signatures are about {len(forms)} texts")
    (form,) = forms
    if form.length > len(text):
        raise ValueError(f"{form.length} bytes are signed, of {len(text)}")
    return text[: form.length] + form.tail


def _form(signature: Any) -> _Form:
    protected = signature.get("protected") if isinstance(signature, dict) else None
    said = json.loads(_decoded(protected))
    length = said.get("formatLength") if isinstance(said, dict) else None
    if not isinstance(length, int) or isinstance(length, bool) or length < 0:
        raise ValueError("`formatLength` is no length")
    return _Form(length, _decoded(said.get("formatTail")))


def _decoded(text: Any) -> bytes:
    """Base64 for URLs, without padding (RFC 7515, "Terminology")."""
    if not isinstance(text, str):
        raise ValueError("it is no text")
    padding = b"=" * (-len(text) % 4)
    return base64.b64decode(text.encode("ascii") + padding, altchars=b"-_", validate=True)
