"""The password of the registry API: 12 hours of its caller's rights, and no more."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ecrpolicy.registry.auth import tokens
from ecrpolicy.registry.auth.authority import Authority
from ecrpolicy.registry.auth.caller import Caller
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.seal import Seal
from tests.registry.auth.identity_files import (
    BOB,
    NOW,
    SESSION,
    authority,
    details,
    role,
    session,
    user,
    write,
)

SEAL = Seal(b"secret of the service")
HERE = "us-east-1"
HOURS_12 = timedelta(hours=12)
SECOND = timedelta(seconds=1)


def everybody(directory: Path) -> Authority:
    return authority(directory, details(UserDetailList=[user()], RoleDetailList=[role(session())]))


def caller(known: Authority, key: str) -> Caller:
    held = known.key(key)
    assert held is not None
    return held.caller


def refused(known: Authority, password: str, now: datetime) -> str:
    with pytest.raises(Refusal) as refusal:
        tokens.read(SEAL, known, password, HERE, now)
    assert (refusal.value.code, refusal.value.status) == ("UnauthorizedException", 401)
    return refusal.value.message


def test_a_password_is_its_caller_s_for_twelve_hours(tmp_path: Path) -> None:
    known = everybody(tmp_path)
    token = tokens.issue(SEAL, caller(known, "AKIABOB"), HERE, NOW)
    assert token.expires_at == NOW + HOURS_12
    assert tokens.read(SEAL, known, token.password, HERE, NOW + HOURS_12 - SECOND).principal == BOB
    message = refused(known, token.password, NOW + HOURS_12)
    assert message == "Your authorization token has expired. Reauthenticate and try again."


def test_it_is_good_in_its_own_region(tmp_path: Path) -> None:
    """Amazon ECR User Guide, "HTTP 403 Errors or "no basic auth credentials" error when pushing to
    repository": "You have authenticated to a different region".
    """
    known = everybody(tmp_path)
    password = tokens.issue(SEAL, caller(known, "AKIABOB"), "us-west-2", NOW).password
    assert tokens.read(SEAL, known, password, "us-west-2", NOW).principal == BOB
    with pytest.raises(Refusal) as refusal:
        tokens.read(SEAL, known, password, "us-east-1", NOW)
    assert (refusal.value.code, refusal.value.status) == ("AccessDeniedException", 403)
    assert refusal.value.message == (
        "Your authorization token is of the Region us-west-2, and cannot be used in us-east-1. "
        "Reauthenticate and try again."
    )
    # That it has ended is said first: another Region's would not help.
    assert "has expired" in refused(known, password, NOW + HOURS_12)


def test_it_ends_at_a_whole_second(tmp_path: Path) -> None:
    now = NOW + timedelta(microseconds=1)
    token = tokens.issue(SEAL, caller(everybody(tmp_path), "AKIABOB"), HERE, now)
    assert token.expires_at == NOW + HOURS_12
    assert token.expires_at.tzinfo is UTC


def test_a_session_s_ends_with_the_session(tmp_path: Path) -> None:
    known = everybody(tmp_path)
    token = tokens.issue(SEAL, caller(known, "ASIASESSION"), HERE, NOW)
    assert token.expires_at == datetime(2026, 1, 31, 10, 0, tzinfo=UTC)
    found = tokens.read(SEAL, known, token.password, HERE, token.expires_at - SECOND)
    assert found.principal == SESSION
    assert "has expired" in refused(known, token.password, token.expires_at)


def test_a_session_that_is_cut_short_takes_its_password_along(tmp_path: Path) -> None:
    known = everybody(tmp_path)
    token = tokens.issue(SEAL, caller(known, "ASIASESSION"), HERE, NOW)
    shorter = session()
    shorter["Credentials"]["Expiration"] = NOW.isoformat()
    write(tmp_path / "identities.json", details(RoleDetailList=[role(shorter)]))
    assert "has expired" in refused(known, token.password, NOW)


def test_it_goes_with_its_access_key(tmp_path: Path) -> None:
    known = everybody(tmp_path)
    token = tokens.issue(SEAL, caller(known, "AKIABOB"), HERE, NOW)
    write(tmp_path / "identities.json", details())
    assert refused(known, token.password, NOW) == "Your authorization token is not valid."


def test_a_key_that_is_somebody_else_s_now_is_another_one(tmp_path: Path) -> None:
    known = everybody(tmp_path)
    token = tokens.issue(SEAL, caller(known, "AKIABOB"), HERE, NOW)
    write(tmp_path / "identities.json", details(UserDetailList=[user(Arn=f"{BOB}by")]))
    assert refused(known, token.password, NOW) == "Your authorization token is not valid."


def test_another_service_s_is_none(tmp_path: Path) -> None:
    known = everybody(tmp_path)
    token = tokens.issue(Seal(b"another secret"), caller(known, "AKIABOB"), HERE, NOW)
    assert "not valid" in refused(known, token.password, NOW)


def test_what_was_sealed_for_something_else_is_none(tmp_path: Path) -> None:
    known = everybody(tmp_path)
    page = SEAL.close("page", {"key": "AKIABOB", "for": BOB, "in": HERE, "until": 9e9})
    assert "not valid" in refused(known, page, NOW)


@pytest.mark.parametrize("password", ["", "x", "é", "=" * 99, "AKIABOB", "A" * 100_000])
def test_anything_else_is_none(password: str, tmp_path: Path) -> None:
    assert "not valid" in refused(everybody(tmp_path), password, NOW)


def test_every_character_counts(tmp_path: Path) -> None:
    known = everybody(tmp_path)
    password = tokens.issue(SEAL, caller(known, "AKIABOB"), HERE, NOW).password
    for at, character in enumerate(password[:-1]):
        other = "A" if character != "A" else "B"
        assert "not valid" in refused(known, password[:at] + other + password[at + 1 :], NOW)


def test_it_holds_no_secret(tmp_path: Path) -> None:
    import base64

    password = tokens.issue(SEAL, caller(everybody(tmp_path), "ASIASESSION"), HERE, NOW).password
    held = base64.urlsafe_b64decode(password + "==")
    assert b"secret-of" not in held
    assert b"token-of" not in held
