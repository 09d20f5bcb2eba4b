"""Who asks: Basic authentication with the user `AWS` and a password of `GetAuthorizationToken`.

Amazon ECR User Guide, "Using HTTP API authentication". A password that is no longer good is
answered as a missing one is, with a challenge: clients then look for another. One of another Region
is answered 403.
"""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from ecrpolicy.registry.auth import tokens
from ecrpolicy.registry.auth.caller import Caller
from ecrpolicy.registry.oci_api.errors import Problem, problem_of
from ecrpolicy.registry.oci_api.hosts import is_host
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service

_UNAUTHORIZED: Final = 401


def authenticate(
    service: Service, headers: Mapping[str, str], region: str, now: datetime
) -> Caller:
    """Whose password a request to a Region has; raises Problem (401, 403).

    Names of headers are in lower case.
    """
    password = _password(headers.get("authorization", ""))
    if password is None:
        raise _challenge("UNAUTHORIZED", "Not Authorized", headers)
    try:
        return tokens.read(service.seal, service.authority, password, region, now)
    except Refusal as refusal:
        if refusal.status != _UNAUTHORIZED:
            raise problem_of(refusal, "DENIED") from None
        raise _challenge("DENIED", refusal.message, headers) from None


def _password(header: str) -> str | None:
    """The password of a header.

    >>> _password("Basic QVdTOnNlc2FtZQ==")
    'sesame'
    """
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return password if colon and user == tokens.USER else None


def _challenge(code: str, message: str, headers: Mapping[str, str]) -> Problem:
    host = headers.get("host", "")
    realm = host if is_host(host) else "localhost"
    challenge = f'Basic realm="https://{realm}/",service="ecr.amazonaws.com"'
    return Problem(_UNAUTHORIZED, code, message, {"WWW-Authenticate": challenge})
