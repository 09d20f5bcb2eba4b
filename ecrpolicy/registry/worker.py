"""A process of a service: it finds its settings in the environment, and makes its application."""

import json
import logging
import multiprocessing
import os
import signal
from dataclasses import fields
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from ecrpolicy.registry.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

VARIABLE: Final = "ECRPOLICY_REGISTRY"
"""The environment variable that holds the settings, as JSON."""

FACTORY: Final = f"{__name__}:application"
"""Where a server finds `application`."""


def application() -> "ASGIApp":
    """The application, with the settings of the environment."""
    from ecrpolicy.registry.app import create_app
    from ecrpolicy.registry.opening import open_service

    start_logging()
    _follow_parent()
    return create_app(open_service(received(os.environ[VARIABLE])))


def _follow_parent() -> None:
    """Have one of several workers end when the process is gone that started them.

    Nobody else would tell it to, and it would keep the port from the next one. Where there is only
    one process, it is nobody's.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), name="end with the parent", daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def start_logging() -> None:
    """To standard error: what the service says, and warnings of everybody else."""
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form)
    logging.getLogger("ecrpolicy.registry").setLevel(logging.INFO)
    # Clients that try TLS first are no news to anybody.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)


def handed(settings: Settings) -> str:
    """The settings as a text."""
    values = {each.name: getattr(settings, each.name) for each in fields(settings)}
    return json.dumps(values, default=str)


def received(text: str) -> Settings:
    """The settings of a text.

    >>> settings = Settings(Path("data"), Path("data/identities.json"), "111122223333")
    >>> received(handed(settings)) == settings
    True
    """
    held = json.loads(text)
    for name in ("data", "identities", "endpoint_policy"):
        held[name] = None if held[name] is None else Path(held[name])
    return Settings(**held)
