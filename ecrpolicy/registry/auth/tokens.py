"""The password that a client of the registry API logs in with: 12 hours of its caller's rights.

Amazon ECR User Guide, "Private registry authentication": its permissions are those of who asked
for it. It is good in one Region ("HTTP 403 Errors or "no basic auth credentials" error when
pushing to repository": "You have authenticated to a different region").
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from ecrpolicy.registry.auth.authority import Authority
from ecrpolicy.registry.auth.caller import Caller
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.seal import BrokenSeal, Seal

USER: Final = "AWS"
"""The name that goes with every password."""

_PURPOSE: Final = "password"
_LIFE: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Token:
    """A password and when it ends; `GetAuthorizationToken` gives `AWS:` and the password."""

    password: str
    expires_at: datetime


def issue(seal: Seal, caller: Caller, region: str, now: datetime) -> Token:
    """A password for a caller in a Region; it ends with the session where that ends earlier."""
    ends = now + _LIFE
    if caller.expires_at is not None:
        ends = min(ends, caller.expires_at)
    # A whole second: this is how the answer tells it.
    until = int(ends.timestamp())
    value = {"key": caller.access_key, "for": caller.principal, "in": region, "until": until}
    return Token(seal.close(_PURPOSE, value), datetime.fromtimestamp(until, UTC))


def read(seal: Seal, authority: Authority, password: str, region: str, now: datetime) -> Caller:
    """Whose password it is; raises Refusal.

    One that has ended, or whose access key has gone, is 401: its client must be challenged to log
    in. One of another Region is 403: it is good, and not here.
    """
    try:
        held = seal.open(_PURPOSE, password)
    except BrokenSeal:
        raise _refused("Your authorization token is not valid.") from None
    key = authority.key(held["key"])
    if key is None or key.caller.principal != held["for"]:
        raise _refused("Your authorization token is not valid.")
    if now.timestamp() >= held["until"] or key.caller.has_ended(now):
        raise _refused("Your authorization token has expired. Reauthenticate and try again.")
    if held["in"] != region:
        raise Refusal(
            "AccessDeniedException",
            f"Your authorization token is of the Region {held['in']}, and cannot be used in "
            f"{region}. Reauthenticate and try again.",
            status=403,
        )
    return key.caller


def _refused(message: str) -> Refusal:
    return Refusal("UnauthorizedException", message, status=401)
