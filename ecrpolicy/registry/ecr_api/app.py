"""The JSON API: from an HTTP request to an operation, and back.

What costs least is looked at first: how big a request is, who signed it, how often it comes; then
whether it is JSON, what the API's model says of it, and whether its caller may.
"""

import logging
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ecrpolicy.registry.auth import authorise, sigv4
from ecrpolicy.registry.auth.context import request_context
from ecrpolicy.registry.auth.sigv4 import HttpRequest, Signed
from ecrpolicy.registry.ecr_api import model, wire
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation
from ecrpolicy.registry.ecr_api.operations import OPERATIONS
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal
from ecrpolicy.registry.service import Service

_LOG: Final = logging.getLogger("ecrpolicy.registry")

_MIB: Final = 1024 * 1024
_MAX_BYTES: Final = _MIB
# A layer part of 20 MiB in base64; a manifest of 4 MiB with each character escaped.
_MAX_BYTES_OF: Final = {"UploadLayerPart": 28 * _MIB, "PutImage": 25 * _MIB}

_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.ASCII)


class EcrApi:
    """The API of a service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def endpoint(self, request: Request) -> Response:
        """Answer a request; whatever happens, the answer is one of the API."""
        request_id = str(uuid4())
        try:
            operation = _operation(request.headers.get("x-amz-target", ""))
            most = _MAX_BYTES_OF.get(operation.name, _MAX_BYTES)
            _check_length(request, most)
            if most > _MAX_BYTES:
                await run_in_threadpool(self._check_head, request)
            body = await _body(request, most)
            content = await run_in_threadpool(self._answered, operation, request, body)
            status = 200
        except Refusal as refusal:
            content, status = _refused(refusal), refusal.status
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:
            # Callers learn where to look, and nothing of what stands there.
            _LOG.exception("the request %s failed", request_id)
            failure = Refusal("ServerException", f"The request {request_id} failed.", status=500)
            content, status = _refused(failure), failure.status
        headers = {"x-amzn-RequestId": request_id, "Content-Type": wire.CONTENT_TYPE}
        return Response(content, status, headers)

    def _check_head(self, request: Request) -> None:
        """What is large is read of those alone who say that they have a key."""
        sigv4.check_head(self._service.authority, _http(request, b""), self._service.clock())

    def _answered(self, operation: Operation, request: Request, body: bytes) -> bytes:
        service, now = self._service, self._service.clock()
        http = _http(request, body)
        signed = sigv4.authenticate(service.authority, http, now)
        own = Place(signed.caller.account, signed.region)
        service.throttle.take(own, operation.name, now)
        asked = model.checked(operation.name, wire.read(body))
        call = Call(
            service,
            signed.caller,
            operation.place(asked, own),
            now,
            {**_context(request, http, signed, now), **operation.context(asked)},
            _endpoint(request, service),
        )
        _authorise(operation, call, asked)
        return wire.write(operation.run(call, asked))


def _operation(target: str) -> Operation:
    name = model.operation_of().get(target)
    if name is None:
        raise Refusal("UnknownOperationException", f"`{target[:128]}` is no operation")
    return OPERATIONS[name]


def _check_length(request: Request, most: int) -> None:
    told = request.headers.get("content-length", "0")
    if told.isascii() and told.isdecimal() and int(told[:20]) > most:
        raise _too_large(most)


async def _body(request: Request, most: int) -> bytes:
    """The whole body; what is too big is not read to its end."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise _too_large(most)
        chunks.append(chunk)
    return b"".join(chunks)


def _too_large(most: int) -> Refusal:
    message = f"The body has more than {most} bytes."
    return Refusal("RequestEntityTooLargeException", message, status=413)


def _http(request: Request, body: bytes) -> HttpRequest:
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        headers[name] = f"{headers[name]},{value}" if name in headers else value
    return HttpRequest(
        request.method,
        request.scope["raw_path"].decode("latin-1"),
        request.scope["query_string"].decode("latin-1"),
        headers,
        body,
    )


def _context(
    request: Request, http: HttpRequest, signed: Signed, now: datetime
) -> Mapping[str, Any]:
    return request_context(
        source=request.client.host if request.client else None,
        is_secure=request.scope["scheme"] == "https",
        headers=http.headers,
        region=signed.region,
        now=now,
    )


def _endpoint(request: Request, service: Service) -> str:
    """The URL that the client has called; its signature covers the host."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        host = f"{service.settings.host}:{service.settings.port}"
    return f"{request.scope['scheme']}://{host}"


def _authorise(operation: Operation, call: Call, request: Json) -> None:
    names = operation.about(request)
    with call.service.database.reading() as connection:
        for action in operation.actions(request):
            authorise.check(
                call.service, connection, call.caller, call.place, action, names, call.context
            )
    role = operation.role(request)
    if role is not None:
        authorise.check_pass_role(
            call.service, call.caller, role, operation.passes_to, call.context
        )


def _refused(refusal: Refusal) -> bytes:
    return wire.write({"__type": refusal.code, "message": refusal.message, **refusal.fields})
