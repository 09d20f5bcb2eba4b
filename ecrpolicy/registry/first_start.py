"""What a service makes once: its secrets, and an account with a root access key."""

import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from string import ascii_letters, ascii_uppercase, digits
from typing import Final

_ONLY_MINE: Final = 0o600
_ONLY_MY_DIRECTORY: Final = 0o700

_SECRET_BYTES: Final = 32

# IAM User Guide, "IAM identifiers", "Unique identifiers": the prefix of access keys; the letters
# and digits behind it are those of base32.
_KEY_PREFIX: Final = "AKIA"
_KEY_CHARACTERS: Final = ascii_uppercase + "234567"
_KEY_LENGTH: Final = 16
_SECRET_KEY_LENGTH: Final = 40


def make_directory(directory: Path) -> None:
    """A directory that nobody else may look into, where there is none yet."""
    directory.mkdir(mode=_ONLY_MY_DIRECTORY, parents=True, exist_ok=True)


def make_file(file: Path, make: Callable[[], bytes]) -> None:
    """A file that nobody else may read; where there is none yet, whoever comes first makes it."""
    if not file.exists():
        _write_once(file, make())


def secret_of(file: Path) -> bytes:
    """The secret of a service, made by whoever comes first of several processes."""
    return kept(file, lambda: secrets.token_bytes(_SECRET_BYTES))


def kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """What a file of our own holds; where there is none yet, whoever comes first makes it."""
    make_file(file, make)
    return file.read_bytes()


def make_identities(file: Path, account: str, credentials: Path) -> bool:
    """A file of identities with an account and its root key; False where the file is there.

    The key is written to `credentials` as well, in the form that the AWS CLI reads.
    """
    if file.exists():
        return False
    key = _KEY_PREFIX + _random(_KEY_CHARACTERS, _KEY_LENGTH)
    secret = _random(ascii_letters + digits, _SECRET_KEY_LENGTH)
    root = {"AccessKeyId": key, "SecretAccessKey": secret, "Status": "Active"}
    details = {
        "AccountId": account,
        "RootAccessKeyList": [root],
        "UserDetailList": [],
        "GroupDetailList": [],
        "RoleDetailList": [],
        "Policies": [],
    }
    if not _write_once(file, (json.dumps(details, indent=2) + "\n").encode()):
        return False
    profile = f"[default]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
    _write_once(credentials, profile.encode())
    return True


def _random(characters: str, length: int) -> str:
    return "".join(secrets.choice(characters) for _ in range(length))


def _write_once(file: Path, content: bytes) -> bool:
    """Write a file of our own unless it is there: whole and on the disk, or not at all."""
    if file.exists():
        return False
    aside = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_MINE)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        # A name that is taken is not taken over, as it would be by a renaming.
        os.link(aside, file)
    except FileExistsError:
        return False
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()
    _sync(file.parent)
    return True


def _sync(directory: Path) -> None:
    """Names are on the disk when their directory is; Windows knows no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
