"""Signature Version 4: whose key signed a request.

IAM User Guide, "AWS Signature Version 4 for API requests". The arithmetic is botocore's, the one
that the AWS CLI and boto3 sign with; what a signature must cover, and when it holds, stands here.
"""

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest, HTTPHeaders
from botocore.credentials import Credentials

from ecrpolicy.regions import partition_of
from ecrpolicy.registry.auth.access_keys import AccessKey
from ecrpolicy.registry.auth.authority import Authority
from ecrpolicy.registry.auth.caller import Caller
from ecrpolicy.registry.refusal import Refusal

SERVICE: Final = "ecr"
ALGORITHM: Final = "AWS4-HMAC-SHA256"

_SKEW: Final = timedelta(minutes=5)
_MAX_LIFE: Final = timedelta(days=7)
_INSTANT: Final = "%Y%m%dT%H%M%SZ"
_INSTANT_FORM: Final = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_PARTS: Final = ("Credential", "SignedHeaders", "Signature")


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it was sent: path and query still encoded, names of headers in lower case.

    A header that was sent several times has its values joined by commas.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a request, and for which Region."""

    caller: Caller
    region: str
    access_key_id: str


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a request says of its signature, before anything is believed."""

    credential: str
    signed_headers: tuple[str, ...]
    signature: str = field(repr=False)
    instant: str
    token: str | None = field(repr=False)
    parameters: Sequence[tuple[str, str]]
    life: timedelta | None = None


@dataclass(frozen=True, slots=True)
class _Scope:
    """The parts of a credential: `KEY/DATE/REGION/SERVICE/aws4_request`."""

    access_key_id: str
    date: str
    region: str


def authenticate(authority: Authority, http: HttpRequest, now: datetime) -> Signed:
    """Who signed a request, in a header or in the query; raises Refusal where nobody did.

    Header names that begin with `x-amz-`, and `host`, must be signed; what the request says of
    the hash of its body must be so.
    """
    claim, scope, key = _claimed(authority, http, now)
    if not _same(claim.signature, _signature(claim, scope, key, http)):
        raise _mismatch()
    return Signed(key.caller, scope.region, key.id)


def check_head(authority: Authority, http: HttpRequest, now: datetime) -> None:
    """Raise the Refusal of `authenticate` for all that shows without the body."""
    _claimed(authority, http, now)


def _claimed(
    authority: Authority, http: HttpRequest, now: datetime
) -> tuple[_Claim, _Scope, AccessKey]:
    """What a request says of its signature, where only the signature can still be wrong."""
    claim = _claim(http)
    scope = _scope(claim)
    key = authority.key(scope.access_key_id)
    if key is None or not _same(claim.token or "", key.token or ""):
        raise _refused(
            "UnrecognizedClientException", "The security token included in the request is invalid."
        )
    if key.caller.has_ended(now):
        raise _refused(
            "ExpiredTokenException", "The security token included in the request is expired"
        )
    _check_headers(claim, http)
    _check_time(claim, now)
    return claim, scope, key


def _claim(http: HttpRequest) -> _Claim:
    authorization = http.headers.get("authorization")
    if authorization is not None:
        return _claim_of_header(http, authorization)
    parameters = parse_qsl(http.query, keep_blank_values=True)
    if any(name == "X-Amz-Algorithm" for name, _ in parameters):
        return _claim_of_query(parameters)
    raise _refused("MissingAuthenticationTokenException", "Missing Authentication Token")


def _claim_of_header(http: HttpRequest, authorization: str) -> _Claim:
    algorithm, _, rest = authorization.partition(" ")
    if algorithm != ALGORITHM:
        raise _incomplete(f"Unsupported AWS 'algorithm': '{algorithm[:64]}'.")
    held = dict(part.strip().partition("=")[::2] for part in rest.split(","))
    problems = [
        f"Authorization header requires '{name}' parameter."
        for name in _PARTS
        if not held.get(name)
    ]
    instant = _header_instant(http.headers)
    if instant is None:
        problems.append(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        )
    if problems or instant is None:
        raise _incomplete(" ".join(problems))
    return _Claim(
        credential=held["Credential"],
        signed_headers=tuple(held["SignedHeaders"].split(";")),
        signature=held["Signature"],
        instant=instant,
        token=http.headers.get("x-amz-security-token"),
        parameters=parse_qsl(http.query, keep_blank_values=True),
    )


def _header_instant(headers: Mapping[str, str]) -> str | None:
    """When the request was signed, as the string to sign has it."""
    if "x-amz-date" in headers:
        return headers["x-amz-date"]
    if "date" not in headers:
        return None
    try:
        return parsedate_to_datetime(headers["date"]).astimezone(UTC).strftime(_INSTANT)
    except (ValueError, OverflowError):
        return headers["date"]


def _claim_of_query(parameters: Sequence[tuple[str, str]]) -> _Claim:
    held = dict(parameters)
    problems = [
        f"AWS query-string parameters must include '{name}'."
        for name in ("X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature")
        if not held.get(name)
    ]
    if problems:
        raise _incomplete(" ".join(problems))
    if held["X-Amz-Algorithm"] != ALGORITHM:
        raise _incomplete(f"Unsupported AWS 'algorithm': '{held['X-Amz-Algorithm'][:64]}'.")
    return _Claim(
        credential=held["X-Amz-Credential"],
        signed_headers=tuple(held["X-Amz-SignedHeaders"].split(";")),
        signature=held["X-Amz-Signature"],
        instant=held["X-Amz-Date"],
        token=held.get("X-Amz-Security-Token"),
        parameters=[each for each in parameters if each[0] != "X-Amz-Signature"],
        life=_life(held.get("X-Amz-Expires")),
    )


def _life(text: str | None) -> timedelta:
    """How long a signed URL holds; without being told, as long as any request."""
    if text is None:
        return _SKEW
    seconds = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
    if not 0 <= seconds <= _MAX_LIFE.total_seconds():
        raise _invalid(
            "X-Amz-Expires must be between 0 and "
            f"{int(_MAX_LIFE.total_seconds())} seconds, which is a week"
        )
    return timedelta(seconds=seconds)


def _scope(claim: _Claim) -> _Scope:
    parts = claim.credential.split("/")
    if len(parts) != 5:
        raise _incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. "
            f"keyid/date/region/service/term, got '{claim.credential[:256]}'"
        )
    access_key_id, date, region, service, terminator = parts
    problems = []
    if partition_of(region) is None:
        problems.append("Credential should be scoped to a valid region.")
    if service != SERVICE:
        problems.append(f"Credential should be scoped to correct service: '{SERVICE}'.")
    if terminator != "aws4_request":
        problems.append("Credential should be scoped with a valid terminator: 'aws4_request'.")
    if not _INSTANT_FORM.fullmatch(claim.instant):
        problems.append(f"Date must be in ISO-8601 'basic format'. Got '{claim.instant[:64]}'.")
    elif date != claim.instant[:8]:
        problems.append(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
            f"HTTP: '{date[:64]}' != '{claim.instant[:8]}', from '{claim.instant}'."
        )
    if problems:
        raise _invalid(" ".join(problems))
    return _Scope(access_key_id, date, region)


def _check_headers(claim: _Claim, http: HttpRequest) -> None:
    signed = frozenset(claim.signed_headers)
    if "host" not in signed:
        raise _invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
    for name in http.headers:
        if name.startswith("x-amz-") and name not in signed:
            raise _invalid(f"'{name}' must be a 'SignedHeader' in the AWS Authorization.")
    if not signed <= http.headers.keys():
        raise _mismatch()


def _check_time(claim: _Claim, now: datetime) -> None:
    try:
        signed_at = datetime.fromisoformat(claim.instant)
    except ValueError:
        raise _invalid(f"Date must be in ISO-8601 'basic format'. Got '{claim.instant}'.") from None
    told = now.astimezone(UTC).strftime(_INSTANT)
    life = _SKEW if claim.life is None else claim.life
    if now - signed_at > life:
        allowed = (now - life).astimezone(UTC).strftime(_INSTANT)
        after = f" ({told} - 5 min.)" if claim.life is None else ""
        raise _invalid(f"Signature expired: {claim.instant} is now earlier than {allowed}{after}")
    if signed_at - now > _SKEW:
        allowed = (now + _SKEW).astimezone(UTC).strftime(_INSTANT)
        raise _invalid(
            f"Signature not yet current: {claim.instant} is still later than {allowed} "
            f"({told} + 5 min.)"
        )


class _Recomputed(SigV4Auth):
    """botocore's signature of exactly what a request says is signed."""

    def __init__(self, secret: str, region: str, headers: HTTPHeaders, payload: str) -> None:
        super().__init__(Credentials("", secret), SERVICE, region)
        self._headers = headers
        self._payload = payload

    def headers_to_sign(self, request: AWSRequest) -> Any:  # noqa: ARG002
        """Those that the client has signed, of whatever kind."""
        return self._headers

    def payload(self, request: AWSRequest) -> str:  # noqa: ARG002
        """The hash of the body as it came."""
        return self._payload


def _signature(claim: _Claim, scope: _Scope, key: AccessKey, http: HttpRequest) -> str:
    payload = sha256(http.body).hexdigest()
    if not _same(http.headers.get("x-amz-content-sha256", payload), payload):
        raise _mismatch()
    headers = HTTPHeaders()
    for name in claim.signed_headers:
        headers[name] = http.headers[name]
    query = urlencode(claim.parameters, quote_via=quote, safe="~")
    request = AWSRequest(http.method, f"http://registry{http.path}?{query}")
    request.context["timestamp"] = claim.instant
    signer = _Recomputed(key.secret, scope.region, headers, payload)
    return signer.signature(
        signer.string_to_sign(request, signer.canonical_request(request)), request
    )


def _same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def _incomplete(message: str) -> Refusal:
    return _refused("IncompleteSignatureException", message)


def _invalid(message: str) -> Refusal:
    return _refused("InvalidSignatureException", message)


def _mismatch() -> Refusal:
    return _invalid(
        "The request signature we calculated does not match the signature you provided. Check "
        "your AWS Secret Access Key and signing method. Consult the service documentation for "
        "details."
    )


def _refused(code: str, message: str) -> Refusal:
    return Refusal(code, message)
