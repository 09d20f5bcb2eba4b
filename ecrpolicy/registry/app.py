"""The service as an ASGI application: both planes, and what runs beside them."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ecrpolicy.registry.content.sweep import sweep
from ecrpolicy.registry.ecr_api import layer_urls
from ecrpolicy.registry.ecr_api.app import EcrApi
from ecrpolicy.registry.oci_api import app as oci_api
from ecrpolicy.registry.service import Service

_LOG: Final = logging.getLogger("ecrpolicy.registry")

# How often content that nothing refers to is looked for, in seconds.
_SWEEP_EVERY: Final = 600.0

# What servers of the web take by default; clients send fifteen.
MAX_HEADERS: Final = 100


def create_app(service: Service) -> ASGIApp:
    """The application of a service; it closes the service's database when it ends."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001
        sweeping = asyncio.create_task(_sweep_for_ever(service))
        try:
            yield
        finally:
            sweeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sweeping
            service.database.close()

    routes = [
        Route("/", EcrApi(service).endpoint, methods=["POST"]),
        *layer_urls.routes(service),
        *oci_api.routes(service),
    ]
    return _bounded(Starlette(routes=routes, lifespan=lifespan))


async def _sweep_for_ever(service: Service) -> None:
    while True:
        await asyncio.sleep(_SWEEP_EVERY)
        try:
            swept = await run_in_threadpool(sweep, service, service.clock())
        except Exception:
            # The next sweep may do better; requests have nothing to do with it.
            _LOG.exception("the sweep failed")
        else:
            _LOG.debug("swept: %s", swept)


def _bounded(app: ASGIApp) -> ASGIApp:
    """An application that is not asked with more headers than it is ready to look through."""

    async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or len(scope["headers"]) <= MAX_HEADERS:
            await app(scope, receive, send)
            return
        headers = [(b"content-length", b"0"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 431, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    return bounded
