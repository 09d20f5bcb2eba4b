"""The service that is killed: a process of its own, forked from one that has imported all of it."""

import multiprocessing
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from typing import Final

import uvicorn

from ecrpolicy.registry.app import create_app
from ecrpolicy.registry.content.layers import GRACE
from ecrpolicy.registry.content.sweep import sweep
from ecrpolicy.registry.opening import open_service
from ecrpolicy.registry.service import Service
from ecrpolicy.registry.settings import Settings

_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        "tests.registry.crash.victim",
        "uvicorn.lifespan.on",
        "uvicorn.loops.uvloop",
        "uvicorn.protocols.http.auto",
        "uvicorn.protocols.websockets.auto",
    ]
)


def serve(settings: Settings, grace: timedelta, listening: socket.socket) -> None:
    """Be a service, until it is killed, that sweeps layers away after so long."""
    service = open_service(settings)
    Thread(target=_sweep_on, args=(service, grace), daemon=True).start()
    server = uvicorn.Server(uvicorn.Config(create_app(service), log_config=None))
    server.run(sockets=[listening])


def _sweep_on(service: Service, grace: timedelta) -> None:
    pause = Event()
    while True:
        sweep(service, datetime.now(UTC) + GRACE - grace)
        pause.wait(0.1)


@contextmanager
def started(settings: Settings, grace: timedelta) -> Iterator[tuple[BaseProcess, int]]:
    """A service in a process of its own, and its port; it is killed when the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        process = _CONTEXT.Process(target=serve, args=(settings, grace, listening), daemon=True)
        process.start()
        port = listening.getsockname()[1]
    try:
        yield process, port
    finally:
        process.kill()
        process.join()
        process.close()
