"""The service as an ASGI application: both planes, and what runs beside them."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ecrpolicy.registry.content.sweep import sweep
from ecrpolicy.registry.ecr_api import layer_urls
from ecrpolicy.registry.ecr_api.app import EcrApi
from ecrpolicy.registry.lifecycle_runs import run_due
from ecrpolicy.registry.oci_api import app as oci_api
from ecrpolicy.registry.service import Service

_LOG: Final = logging.getLogger("ecrpolicy.registry")

# How often content that nothing refers to is looked for, and policies that are due, in seconds.
_CHORES_EVERY: Final = 600.0

# What servers of the web take by default; clients send fifteen.
MAX_HEADERS: Final = 100
_MAX_HEADER_BYTES: Final = 32 * 1024


def create_app(service: Service) -> ASGIApp:
    """The application of a service; it closes the service's database when it ends."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001
        running = [asyncio.create_task(_repeated(service, each)) for each in _chores(service)]
        try:
            yield
        finally:
            for each in running:
                each.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            service.database.close()

    routes = [
        Route("/", EcrApi(service).endpoint, methods=["POST"]),
        *layer_urls.routes(service),
        *oci_api.routes(service),
    ]
    return _bounded(Starlette(routes=routes, lifespan=lifespan))


def _chores(service: Service) -> list[Callable[[Service, datetime], object]]:
    """What is done every now and then."""
    return [sweep, run_due] if service.settings.runs_lifecycle_policies else [sweep]


async def _repeated(service: Service, chore: Callable[[Service, datetime], object]) -> None:
    while True:
        await asyncio.sleep(_CHORES_EVERY)
        try:
            done = await run_in_threadpool(chore, service, service.clock())
        except Exception:
            # The next time may do better; requests have nothing to do with it.
            _LOG.exception("`%s` failed", chore.__name__)
        else:
            _LOG.debug("%s", done)


def _has_bounded_headers(scope: Scope) -> bool:
    headers = scope["headers"]
    if len(headers) > MAX_HEADERS:
        return False
    return sum(len(name) + len(value) for name, value in headers) <= _MAX_HEADER_BYTES


def _bounded(app: ASGIApp) -> ASGIApp:
    """An application that is not asked with more headers than it is ready to look through."""

    async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _has_bounded_headers(scope):
            await app(scope, receive, send)
            return
        headers = [(b"content-length", b"0"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 431, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    return bounded
