"""The registry API: which request is answered by what.

OCI Distribution Specification 1.1, and Docker Registry HTTP API V2 where clients still ask as it
says: `_catalog`, and `DELETE` of an upload.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ecrpolicy.registry.oci_api import layers, listing, manifests, referrers, uploads
from ecrpolicy.registry.oci_api.errors import Problem, problem_of
from ecrpolicy.registry.oci_api.paths import Kind
from ecrpolicy.registry.oci_api.request import Request, received
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service

_LOG: Final = logging.getLogger("ecrpolicy.registry")

Handler = Callable[[Request], Awaitable[Response]]


async def _api(request: Request) -> Response:  # noqa: ARG001
    """Say that the API is there, and that the caller is known (end-1)."""
    return Response("{}", media_type="application/json")


_HANDLERS: Final[dict[Kind, dict[str, Handler]]] = {
    Kind.API: {"GET": _api},
    Kind.CATALOG: {"GET": listing.list_repositories},
    Kind.TAGS: {"GET": listing.list_tags},
    Kind.MANIFEST: {"GET": manifests.pull, "PUT": manifests.push, "DELETE": manifests.delete},
    Kind.BLOB: {"GET": layers.pull},
    Kind.UPLOADS: {"POST": uploads.start},
    Kind.UPLOAD: {
        "GET": uploads.status,
        "PATCH": uploads.append,
        "PUT": uploads.finish,
        "DELETE": uploads.cancel,
    },
    Kind.REFERRERS: {"GET": referrers.list_referrers},
}


def routes(service: Service) -> list[Route]:
    """The routes of the API: everything below `/v2`."""
    api = RegistryApi(service)
    return [Route("/v2", api), Route("/v2/{rest:path}", api)]


class RegistryApi:
    """The API of a service, as an ASGI application."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; whatever is wrong with it, the answer is one of the API."""
        try:
            response = await self._answered(scope, receive)
        except Problem as problem:
            response = _failed(problem)
        except ClientDisconnect:
            return
        except Exception:
            # Callers learn that it is not their fault, and nothing of what went wrong.
            _LOG.exception("a request of the registry API failed")
            response = _failed(Problem(500, "UNKNOWN", "The request failed"))
        response.headers["Docker-Distribution-Api-Version"] = "registry/2.0"
        await response(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive) -> Response:
        request = received(self._service, scope, receive)
        handlers = _HANDLERS[request.resource.kind]
        method = "GET" if request.method == "HEAD" else request.method
        handler = handlers.get(method)
        if handler is None:
            allowed = ", ".join(("HEAD", *handlers) if "GET" in handlers else handlers)
            message = "The operation is unsupported."
            raise Problem(405, "UNSUPPORTED", message, {"Allow": allowed})
        try:
            return await handler(request)
        except Refusal as refusal:
            raise problem_of(refusal, request.resource.invalid) from None


def _failed(problem: Problem) -> Response:
    headers = {"Content-Type": "application/json", **problem.headers}
    return Response(problem.body, problem.status, headers)
