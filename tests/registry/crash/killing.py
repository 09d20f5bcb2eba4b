"""Killing a service again and again."""

import json
import os
import random
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final

from sqlalchemy import select

from ecrpolicy.registry.auth import tokens
from ecrpolicy.registry.content.layers import GRACE
from ecrpolicy.registry.content.sweep import sweep
from ecrpolicy.registry.metadata.tables import blobs
from ecrpolicy.registry.opening import open_service
from ecrpolicy.registry.service import Service
from ecrpolicy.registry.settings import Settings
from tests.registry.content.service import make_repository, sha256
from tests.registry.crash.clients import Client, Countdown, check, load
from tests.registry.crash.promises import Broken, Promises
from tests.registry.crash.victim import started
from tests.registry.serving import ACCOUNT, ADMIN, REGION, inline, user

_CLIENTS: Final = 3
# A process is killed when it has been asked so many things at most, and so many seconds later.
_MOST: Final = 80
_LONGEST: Final = 0.02


def prepared(directory: Path) -> Service:
    """A service on a directory, with a repository: it is opened for what is looked at and known."""
    file = directory / "identities.json"
    file.write_text(json.dumps(_identities()))
    file.chmod(0o600)
    service = open_service(Settings(directory / "data", file, ACCOUNT, REGION, throttles=False))
    make_repository(service)
    return service


def run(service: Service, times: int, seed: int) -> int:
    """Kill a service so many times; answers with how many images it has kept."""
    chance = random.Random(seed)
    password = _password(service)
    layers = [chance.randbytes(chance.choice((10, 3_000, 300_000))) for _ in range(12)]
    everything, last = Promises(), Promises()
    for number in range(times):
        grace = timedelta(seconds=chance.choice((0, 5, 60)))
        with started(service.settings, grace) as (process, port):
            check(port, password, last)
            last = kill_under_load(process, port, password, chance, str(number), layers)
        everything.deleted |= last.deleted
        everything.kept |= last.kept
    with started(service.settings, GRACE) as (_, port):
        check(port, password, everything)
    check_directory(service)
    service.database.close()
    return len(everything.kept)


def _password(service: Service) -> str:
    key = service.authority.key(ADMIN.id)
    if key is None:
        raise ValueError("the key of the identities is not known")
    return tokens.issue(service.seal, key.caller, REGION, datetime.now(UTC)).password


def _identities() -> dict[str, Any]:
    """One user. AWS's own policies are left out: a process would take longer to read them."""
    everything = inline("all", [{"Effect": "Allow", "Action": "*", "Resource": "*"}])
    return {"AccountId": ACCOUNT, "UserDetailList": [user(ADMIN, UserPolicyList=[everything])]}


def kill_under_load(
    process: BaseProcess,
    port: int,
    password: str,
    chance: random.Random,
    name: str,
    layers: list[bytes],
) -> Promises:
    """What a service has promised when it was killed."""
    promises, countdown = Promises(), Countdown(chance.randint(1, _MOST))
    clients = [
        Thread(
            target=load,
            args=(
                Client(port, password, countdown),
                promises,
                random.Random(chance.random()),
                f"{name}-{number}",
                layers,
            ),
        )
        for number in range(_CLIENTS)
    ]
    for each in clients:
        each.start()
    countdown.over.wait()
    # This waits for nothing: the process is to be killed in the midst of whatever it does.
    Event().wait(chance.uniform(0, _LONGEST))
    process.kill()
    for each in clients:
        each.join()
    return promises


def check_directory(service: Service) -> None:
    """Raise Broken unless each blob is whole, and a late sweep leaves nothing of broken pushes."""
    sweep(service, datetime.now(UTC) + timedelta(days=365))
    with service.database.reading() as connection:
        rows = connection.execute(select(blobs.c.digest, blobs.c.file)).all()
    for digest, file in rows:
        if sha256(b"".join(service.blobs.read(file))) != digest:
            raise Broken(f"`{digest}` is not whole")
    if {file for _, file in rows} != set(os.listdir(service.settings.blobs / "sha256")):
        raise Broken("files are left that nothing refers to")
    if os.listdir(service.settings.uploads):
        raise Broken("uploads are left")
