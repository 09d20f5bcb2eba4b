"""A service that is opened: what is made at its first start, and that it is made once."""

import json
import stat
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.registry.opening import open_service
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.settings import Settings

ACCOUNT = "111122223333"


def settings(directory: Path, *, throttles: bool = True) -> Settings:
    data = directory / "data"
    return Settings(data, data / "identities.json", ACCOUNT, throttles=throttles)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_an_account_with_a_root_key(tmp_path: Path) -> None:
    service = open_service(settings(tmp_path))
    with closing(service.database):
        [key] = service.authority.known.keys.values()
    assert key.caller.principal == f"arn:aws:iam::{ACCOUNT}:root"
    assert key.id.startswith("AKIA")
    assert (len(key.id), len(key.secret)) == (20, 40)
    # The AWS CLI finds it in its own form.
    assert service.settings.credentials.read_text() == (
        f"[default]\naws_access_key_id = {key.id}\naws_secret_access_key = {key.secret}\n"
    )


def test_nobody_else_may_look_at_it(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    open_service(chosen).database.close()
    for directory in (chosen.data, chosen.blobs, chosen.uploads):
        assert mode(directory) == 0o700
    for file in (chosen.secret, chosen.identities, chosen.credentials):
        assert mode(file) == 0o600
    assert len(chosen.secret.read_bytes()) == 32


def test_nobody_else_may_read_what_is_in_a_directory_of_one_s_own(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    chosen.data.mkdir(mode=0o755)
    with closing(open_service(chosen).database) as database, database.reading():
        found = {each.name: mode(each) for each in chosen.data.glob("registry.*")}
    assert chosen.database.name in found
    assert set(found.values()) == {0o600}


def test_nothing_is_left_lying_about(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    open_service(chosen).database.close()
    left = {each.name for each in chosen.data.iterdir() if not each.name.startswith("registry.")}
    assert left == {"blobs", "credentials", "identities.json", "secret", "uploads"}


def test_later_starts_find_all_as_it_was(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    first = open_service(chosen)
    first.database.close()
    again = open_service(chosen)
    again.database.close()
    assert again.authority.known.keys == first.authority.known.keys
    assert again.seal.open("x", first.seal.close("x", 1)) == 1


def test_identities_of_one_s_own_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"AccountId": ACCOUNT}))
    file.chmod(0o600)
    chosen = Settings(tmp_path / "data", file, ACCOUNT)
    service = open_service(chosen)
    service.database.close()
    assert not service.authority.known.keys
    assert not chosen.credentials.exists()


def test_identities_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("[]]")
    file.chmod(0o600)
    with pytest.raises(EcrPolicyError, match=r"mine\.json:1:3"):
        open_service(Settings(tmp_path / "data", file, ACCOUNT))


def test_throttles_can_be_switched_off(tmp_path: Path) -> None:
    service = open_service(settings(tmp_path, throttles=False))
    with closing(service.database):
        for _ in range(100):
            service.throttle.take(Place(ACCOUNT, "us-east-1"), "PutImage", service.clock())


def opened(directory: Path) -> tuple[str, bytes, int]:
    """What a process finds that opens the directory: who can log in, the secret, the tables."""
    service = open_service(settings(directory))
    with closing(service.database), service.database.reading() as connection:
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        [key] = service.authority.known.keys
        return key, service.settings.secret.read_bytes(), tables


def test_several_processes_may_open_it_first(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as processes:
        found = list(processes.map(opened, [tmp_path] * 4))
    assert len(set(found)) == 1
